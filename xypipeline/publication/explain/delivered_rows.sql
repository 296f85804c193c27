-- The ledger of some hospitals, as the figures were counted from it.
-- Grain: one row per hospital, upload date and table with a file that was tried to be read.
select
    org_code,
    upload_date,
    table_code,
    rows_received,
    rows_accepted,
    rows_qualified,
    rows_fatal,
    records_new
from scores.ledger
where
    org_code in (select unnest($org_codes))
    and upload_date between $first_day and $as_of
order by org_code, upload_date, table_code
