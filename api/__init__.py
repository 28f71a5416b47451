"""The service: scenarios, solver jobs, audits and comparisons over HTTP, on one laptop or many machines.

The way of a request: `app` → `access` (who may) → `resources` (what is asked) → `store` (rows) and
`jobs` (work that survives). Everything about rotas comes from turnus's public names.
"""
