"""Values and pure rules: what an order, a shift, a plan and its schedule are. Standard library and numpy only.

- what there is: `orders`, `fleet`, `places`, `sizes`, `stops`, `facts`, `travel`
- the plan and its one change: `plan` (`Plan`, `PlanChange`), `edits`, `freeze`
- the one meaning of a schedule: `schedule`, on the forward pass of `timing`; broken rules as values in `rules`
- where a stop fits and why it does not: `insertion`
- everything together as one snapshot: `day`; `clock` converts times, `errors` holds the one tree of errors
"""
