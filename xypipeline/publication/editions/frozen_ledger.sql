-- The ledger of a quarter up to its cut-off day, as it is frozen: all standings are computed from it.
-- Grain: one row per hospital, table and upload date with a delivery.
select
    org_code,
    table_code,
    upload_date,
    rows_received,
    rows_accepted,
    rows_qualified,
    rows_fatal,
    records_new
from scores.ledger
where upload_date between $first_day and $as_of
order by org_code, table_code, upload_date
