-- Tables of which an accepted row came by the cut-off day, whenever that was.
-- Grain: one row per hospital and table.
select distinct
    org_code,
    table_code
from validated.tally
where rows_accepted > 0 and upload_date <= $as_of
order by org_code, table_code
