-- G20: of a table of events that need not happen, each calendar month brings an accepted row, or a zero
-- report (a declaration of no rows for one of its days), or the scope of business in force says that the
-- hospital does not carry it out. A month counts once it is over, if one of its days was an expected one on
-- which the register did not excuse the hospital from the table.
-- Grain: one row per hospital and month, on the month's last day.
-- any of: declaration, org_info
with month as (
    select
        org_code,
        last_day(expected_date) as last_date
    from expected
    where
        not exists (
            select 1
            from excused
            where
                excused.org_code = expected.org_code
                and excused.table_code = '$code'
                and excused.excused_date = expected.expected_date
        )
    group by org_code, last_day(expected_date)
    having last_day(expected_date) between $first and $last
),

scope as (
    select
        month.org_code,
        month.last_date,
        arg_max(
            info.business_scope, (info.update_time, info.upload_date, info.path, info.line)
        ) as scopes
    from month
    inner join validated.org_info as info
        on
            month.org_code = info.org_code
            and month.last_date + $review_days >= info.upload_date
    group by month.org_code, month.last_date
)

select
    month.last_date as upload_date,
    month.org_code,
    null::varchar as path,
    null::bigint as line,
    null::varchar as column_name,
    '0' as value
from month
left join scope
    on month.org_code = scope.org_code and month.last_date = scope.last_date
where
    coalesce(list_has_all(string_split(scope.scopes, '|'), [$scopes]::varchar[]), true)
    and not exists (
        select 1
        from validated.tally as received
        where
            received.org_code = month.org_code
            and received.table_code = '$code'
            and received.upload_date between date_trunc('month', month.last_date) and month.last_date
            and received.rows_accepted > 0
    )
    and not exists (
        select 1
        from validated.declaration as promise
        where
            promise.org_code = month.org_code
            and promise.table_code = '$code'
            and promise.business_date between date_trunc('month', month.last_date) and month.last_date
            and promise.upload_date <= month.last_date + $review_days
            and (promise.declared_rows = 0 or promise.zero_flag = '1' or promise.not_applicable_flag = '1')
    )
