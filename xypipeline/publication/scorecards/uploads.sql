-- Days on which an accepted row of a table came. Grain: one row per hospital, table and day.
select distinct
    org_code,
    table_code,
    upload_date
from validated.tally
where
    list_contains($tables::varchar[], table_code)
    and upload_date between $first and $last
    and rows_accepted > 0
order by org_code, table_code, upload_date
