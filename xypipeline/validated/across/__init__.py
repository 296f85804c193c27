"""Rules that look beyond one row: at other tables, at how many rows came, and at when they came.

Each rule is one `.sql` file in the folder of its kind, named by its id: a query that returns one row per
breach with upload_date, org_code, path, line, column_name and value (path and line null where a whole day is
meant). It judges the rows uploaded from `$first` to `$last`; `$review_days` are the days that a row's
counterpart in another table may arrive later. In the file of a rule for every table, `$table` and its like
stand for names.

A row that revokes a record is not judged. A reference is met by any version of a record that is not revoked.
A hospital without a single row in a table that the rule needs is not judged: that is no data, not a breach.
"""
