-- G28: a hospital that sends a table has declared the scopes of business that the table belongs to.
-- What counts is the newest declaration in org_info up to the review days after.
-- Grain: one row per hospital and day.
with received as (
    select distinct
        org_code,
        upload_date
    from validated.tally
    where
        table_code = '$code'
        and upload_date between $first and $last
        and rows_accepted > 0
),

declared as (
    select
        received.org_code,
        received.upload_date,
        arg_max(
            scope.business_scope, (scope.update_time, scope.upload_date, scope.path, scope.line)
        ) as scopes
    from received
    inner join validated.org_info as scope
        on
            received.org_code = scope.org_code
            and scope.upload_date <= received.upload_date + $review_days
    group by received.org_code, received.upload_date
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    null::varchar as column_name,
    scopes as value
from declared
where not list_has_all(string_split(coalesce(scopes, ''), '|'), [$scopes])
