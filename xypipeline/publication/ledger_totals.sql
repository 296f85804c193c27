-- What the ledger counts for each hospital, to be held against its standing.
-- Grain: one row per hospital with a delivery from the first day to the cut-off day.
select
    org_code,
    cast(sum(records_new) as bigint) as rows_uploaded,
    cast(sum(rows_accepted) as bigint) as rows_accepted,
    cast(sum(rows_qualified) as bigint) as rows_qualified
from scores.ledger
where upload_date between $first_day and $as_of
group by org_code
order by org_code
