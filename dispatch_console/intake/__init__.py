"""Files → rows → orders, drivers and vehicles. Pure: nothing here knows the store, and nothing reads the clock.

The walk of a file: `reader.read` (or `child.read_in_child`) → `Table` → `guess.guess` → `Mapping`, the one value
the import page edits → `orders.OrderReader` or `fleet.to_fleet` → a result in which every row stands exactly once.
"""
