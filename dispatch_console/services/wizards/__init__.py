"""Wizards: what to do when a driver is sick, a van stands, a route is late, an order comes or goes.

Each module looks at a `Day` (its `now`, its facts) and gives a `Draft`: one change of the plan, what it does to
each route, and whom to phone. Nothing happens until `draft.accept`; one undo takes it back. What has happened
("broken down", "sick") is a fact and is recorded by `services.statuses` when the dispatcher says so.
"""
