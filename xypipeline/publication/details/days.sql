-- What came from each hospital on each day, and whether an upload was expected.
-- Grain: one row per hospital and day with a file, a delivery or an expectation.
with seen as (
    select
        org_code,
        upload_date,
        -- Members of an archive, and files in needless folders, are parts of what was delivered.
        array_to_string(string_split(path, '/')[1:3], '/') as delivered_path,
        bool_and(status = 'refused') as is_refused
    from landing.file
    where org_code is not null
    group by org_code, upload_date, delivered_path
),

trace as (
    select
        org_code,
        upload_date as day,
        0 as expected,
        0 as files,
        0 as files_refused,
        rows_received,
        rows_accepted,
        records_new
    from scores.ledger
    union all
    select
        org_code,
        upload_date as day,
        0 as expected,
        1 as files,
        cast(is_refused as integer) as files_refused,
        0 as rows_received,
        0 as rows_accepted,
        0 as records_new
    from seen
    union all
    select
        org_code,
        expected_date as day,
        1 as expected,
        0 as files,
        0 as files_refused,
        0 as rows_received,
        0 as rows_accepted,
        0 as records_new
    from scores.expected_day
)

select
    org_code,
    day,
    sum(expected) > 0 as is_expected,
    cast(sum(files) as bigint) as files,
    cast(sum(files_refused) as bigint) as files_refused,
    cast(sum(rows_received) as bigint) as rows_received,
    cast(sum(rows_accepted) as bigint) as rows_accepted,
    cast(sum(records_new) as bigint) as records_new
from trace
where day between $first_day and $as_of
group by org_code, day
order by org_code, day
