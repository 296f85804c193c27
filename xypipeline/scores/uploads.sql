-- What each hospital uploaded from the first day to the cut-off day, in all and per table.
-- Grain: one row per hospital with a delivery (table_code null), one per hospital and table with a delivery.
-- Source: docs/scoring.md, clauses 4 and 5.
select
    org_code,
    table_code,
    cast(count(distinct table_code) filter (where records_new > 0) as integer) as tables_uploaded,
    cast(sum(records_new) as bigint) as rows_uploaded,
    cast(count(distinct upload_date) filter (where rows_accepted > 0) as integer) as upload_days,
    cast(sum(rows_accepted) as bigint) as rows_accepted,
    cast(sum(rows_qualified) as bigint) as rows_qualified,
    max(upload_date) filter (where rows_accepted > 0) as last_upload_date
from scores.ledger
where upload_date between $first_day and $as_of
group by grouping sets ((org_code), (org_code, table_code))
order by org_code, table_code
