-- What the ledger counts for each hospital, to be held against its standing.
-- Grain: one row per hospital with a delivery from the first day to the cut-off day.
-- Source: docs/scoring.md, clauses 4, 5 and 14.
select
    org_code,
    cast(count(distinct table_code) filter (where records_new > 0) as integer) as tables_uploaded,
    cast(sum(records_new) as bigint) as rows_uploaded,
    cast(sum(rows_accepted) as bigint) as rows_accepted,
    cast(sum(rows_qualified) as bigint) as rows_qualified,
    list(distinct upload_date) filter (where rows_accepted > 0) as upload_dates,
    list(distinct table_code) filter (where rows_received > 0) as tables_received
from scores.ledger
where upload_date between $first_day and $as_of
group by org_code
order by org_code
