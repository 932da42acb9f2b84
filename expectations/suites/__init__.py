"""One module a table. Each offers `TABLE` (what is judged) and `expectations(settings)`.

Optional: `QUERY` (rows or aggregates to judge instead of the whole table) and `DELIVERY_COLUMN` (the
column that names the delivery a failing row came in; a critical failure then puts that delivery in
quarantine instead of stopping everything). A critical failure stops publishing; a warning is shown.
Null, row by row possibilities and lost rows are judged by dbt tests, not here.
"""
