-- Expected days without an upload, and the longest run of them; an upload on any other day changes neither.
-- Grain: one row per hospital with an upload day (table_code null), and one per hospital and table with one;
-- none where no upload was expected.
-- Source: docs/scoring.md, clause 5.
with upload_day as (
    select
        org_code,
        table_code,
        upload_date
    from scores.ledger
    where
        rows_accepted > 0
        and upload_date between $first_day and $as_of
    group by grouping sets ((org_code, upload_date), (org_code, table_code, upload_date))
),

interface as (
    select distinct
        org_code,
        table_code
    from upload_day
),

expected_day as (
    select
        org_code,
        expected_date
    from scores.expected_day
    where expected_date between $first_day and $as_of
),

expected as (
    select
        interface.org_code,
        interface.table_code,
        expected_day.expected_date,
        upload_day.upload_date is null as is_interrupted,
        count(upload_day.upload_date) over (
            partition by interface.org_code, interface.table_code
            order by expected_day.expected_date
        ) as uploads_so_far
    from interface
    inner join expected_day on interface.org_code = expected_day.org_code
    left join upload_day
        on
            interface.org_code = upload_day.org_code
            and interface.table_code is not distinct from upload_day.table_code
            and expected_day.expected_date = upload_day.upload_date
),

run as (
    select
        org_code,
        table_code,
        count_if(is_interrupted) as days
    from expected
    group by org_code, table_code, uploads_so_far
)

select
    org_code,
    table_code,
    cast(sum(days) as integer) as interruption_days,
    cast(max(days) as integer) as longest_gap_days
from run
group by org_code, table_code
order by org_code, table_code
