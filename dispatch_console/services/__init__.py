"""Use cases, a function each: what the window and the command line both call. No Qt, no SQL.

- the day on the screen: `session`, `saving`, `days`, `day` (approval), `dispatch` (edits by hand), `incidents`
- orders: `importing…` (files), `orders` and `order_fields` (by hand), `placing` (pins)
- `fleet…`, `planning…` and `planfile`, `manifests`, `travel`, `backups`, `settings`, `logs`, `sample`
"""
