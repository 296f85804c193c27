-- R14-06: a business day with inpatients has inpatient orders. Inpatients are those that the daily summaries
-- of the departments report: still in at the end of the day, or discharged on it. Judged of each business
-- day whose summaries came on the day. Value: business day and orders/inpatients.
with day as (
    select distinct
        upload_date,
        org_code,
        business_date
    from validated.daily_business_summary
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

summary as (
    select
        day.upload_date,
        day.org_code,
        day.business_date,
        reported.modify_flag,
        coalesce(reported.inpatient_count, 0) + coalesce(reported.discharge_count, 0) as inpatients
    from day
    inner join validated.daily_business_summary as reported
        on
            day.org_code = reported.org_code
            and day.business_date = reported.business_date
            and reported.upload_date <= day.upload_date + $review_days
    qualify
        row_number() over (
            partition by day.upload_date, day.org_code, day.business_date, reported.dept_code
            order by
                reported.update_time desc nulls last,
                reported.upload_date desc,
                reported.path desc,
                reported.line desc
        ) = 1
)

select
    summary.upload_date,
    summary.org_code,
    null::varchar as path,
    null::bigint as line,
    'inpatient_count' as column_name,
    summary.business_date || ' 0/' || sum(summary.inpatients) as value
from summary
anti join validated.inpatient_order as placed
    on
        summary.org_code = placed.org_code
        and is_on(placed.order_time, summary.business_date)
        and placed.upload_date <= summary.upload_date + $review_days
        and placed.modify_flag is distinct from '3'
where
    summary.modify_flag is distinct from '3'
group by summary.upload_date, summary.org_code, summary.business_date
having sum(summary.inpatients) > 0
