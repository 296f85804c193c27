-- The tables of which any hospital delivered an accepted row from the first day to the last.
-- Grain: one row per table.
-- Source: docs/scoring.md, clause 11.
select distinct table_code
from validated.tally
where
    rows_accepted > 0
    and upload_date between $first_day and $last_day
order by table_code
