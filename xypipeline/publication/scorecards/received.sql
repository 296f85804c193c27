-- Rows received of each table in the quarter. Grain: one row per hospital and table with a delivery.
select
    org_code,
    table_code,
    cast(sum(rows_received) as bigint) as rows_received,
    cast(sum(rows_accepted) as bigint) as rows_accepted,
    cast(sum(rows_qualified) as bigint) as rows_qualified
from scores.ledger
where upload_date between $first_day and $as_of
group by org_code, table_code
order by org_code, table_code
