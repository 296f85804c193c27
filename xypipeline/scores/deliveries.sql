-- What was delivered and what was accepted of it; a delivery of which every file was refused counts none.
-- A control table is none of the standard's and is left out.
-- Grain: one row per hospital, table and upload date with a file that was tried to be read.
-- Source: docs/scoring.md, clauses 1 and 3.
with received as (
    select
        org_code,
        table_code,
        upload_date,
        sum(rows_received) as rows_received
    from raw.reading
    where
        upload_date between $first_day and $last_day
        and not list_contains($control_tables, table_code)
    group by org_code, table_code, upload_date
),

judged as (
    select
        org_code,
        table_code,
        upload_date,
        sum(rows_accepted) as rows_accepted,
        sum(rows_qualified) as rows_qualified,
        sum(rows_fatal) as rows_fatal
    from validated.tally
    where upload_date between $first_day and $last_day
    group by org_code, table_code, upload_date
)

select
    received.org_code,
    received.table_code,
    received.upload_date,
    cast(coalesce(received.rows_received, 0) as bigint) as rows_received,
    cast(coalesce(judged.rows_accepted, 0) as bigint) as rows_accepted,
    cast(coalesce(judged.rows_qualified, 0) as bigint) as rows_qualified,
    cast(coalesce(judged.rows_fatal, 0) as bigint) as rows_fatal
from received
left join judged
    on
        received.org_code = judged.org_code
        and received.table_code = judged.table_code
        and received.upload_date = judged.upload_date
order by received.org_code, received.table_code, received.upload_date
