-- Rows received of some tables, day by day, be they fatal or unreadable.
-- Grain: one row per hospital, table and upload date with a row, from the first day to the cut-off day.
select
    org_code,
    table_code,
    upload_date,
    rows_received
from scores.ledger
where
    rows_received > 0
    and upload_date between $first_day and $as_of
    and list_contains($tables, table_code)
order by org_code, table_code, upload_date
