-- R51-06: the operations begun on a business day differ from what its daily summaries report by at most 5 %
-- of the latter. Judged of the business days whose summaries came on the day; an operation that is revoked
-- does not count. Value: business day and operations/reported.
-- any of: daily_business_summary
with reported_day as (
    select
        upload_date,
        org_code,
        business_date,
        operations as reported
    from reported($first, $last, $review_days)
),

recorded as (
    select
        reported_day.upload_date,
        reported_day.org_code,
        reported_day.business_date,
        detail.operation_id,
        bool_or(detail.modify_flag = '3') as is_withdrawn
    from reported_day
    inner join validated.operation_record as detail
        on
            reported_day.org_code = detail.org_code
            and is_on(detail.operation_start_time, reported_day.business_date)
            and reported_day.upload_date + $review_days >= detail.upload_date
    group by all
),

counted as (
    select
        reported_day.upload_date,
        reported_day.org_code,
        reported_day.business_date,
        reported_day.reported,
        count(recorded.operation_id) filter (where recorded.is_withdrawn is not true) as counted
    from reported_day
    left join recorded
        on
            reported_day.upload_date = recorded.upload_date
            and reported_day.org_code = recorded.org_code
            and reported_day.business_date = recorded.business_date
    group by all
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'operation_count' as column_name,
    business_date || ' ' || counted || '/' || reported as value
from counted
where abs(counted - reported) * 100 > reported * 5
