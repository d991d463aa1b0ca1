"""The printed papers as immutable values, then as HTML by the templates in `resources/sheets`.

`driver_sheet`, `loading_list`, `day_summary` and `labels` make the values from a day; `html` lays them out; `codes`
holds bar codes and QR codes, `sketch` the map of a route. What turns HTML into PDF lives in `ui.printing`.
"""
