-- How many rows each stream has.
-- Grain: one row per table and encounter kind.
select distinct
    table_code,
    encounter,
    rows,
    parent_rows
from slot
order by
    table_code,
    encounter
