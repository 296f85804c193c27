-- Tables of which any row was received from the first day to the cut-off day, be it fatal or unreadable.
-- Grain: one row per hospital and table.
-- Source: docs/scoring.md, clause 14.
select distinct
    org_code,
    table_code
from scores.ledger
where
    rows_received > 0
    and upload_date between $first_day and $as_of
order by org_code, table_code
