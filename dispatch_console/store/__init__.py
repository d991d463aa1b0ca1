"""What is kept: days, orders, fleet, imports, memory. The only floor with SQL; SQLite and PostgreSQL, one schema.

`store.open_store` checks and upgrades a store and gives a `Store`; its methods run on one database thread
(`Store.submit`). `schema` holds the tables (made by the migrations in `db/`), `changes` turns a `PlanChange` into
rows, `reading` rows into domain values. A day is saved change by change, by whoever names its current revision.

Edits are values (`commands`). Those of a shared store also stand in a file of this workstation until they have
arrived (`outbox`, written by `codec`): it holds customers' data where an edit does, so only its user may read it.
"""
