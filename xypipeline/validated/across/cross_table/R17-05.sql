-- R17-05: charges less refunds of a business day differ from the outpatient revenue that its daily summaries
-- report by at most 1 % of the latter; judged where a summary gives a revenue. Judged of each business day
-- whose charges came on the day; of each charge and summary the latest version counts. Value: business day
-- and charged/reported.
with day as (
    select distinct
        upload_date,
        org_code,
        charge_time::date as business_date
    from validated.outpatient_charge
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

charge as (
    select
        day.upload_date,
        day.org_code,
        day.business_date,
        event.charge_refund_flag,
        event.total_amount,
        event.modify_flag
    from day
    inner join validated.outpatient_charge as event
        on
            day.org_code = event.org_code
            and is_on(event.charge_time, day.business_date)
            and event.upload_date <= day.upload_date + $review_days
    qualify
        row_number() over (
            partition by
                day.upload_date, day.org_code, day.business_date, event.charge_id, event.charge_refund_flag
            order by
                event.update_time desc nulls last,
                event.upload_date desc,
                event.path desc,
                event.line desc
        ) = 1
),

charged as (
    select
        upload_date,
        org_code,
        business_date,
        sum(case charge_refund_flag when '1' then total_amount else -total_amount end) as amount
    from charge
    where modify_flag is distinct from '3'
    group by upload_date, org_code, business_date
),

summary as (
    select
        day.upload_date,
        day.org_code,
        day.business_date,
        event.outpatient_revenue,
        event.modify_flag
    from day
    inner join validated.daily_business_summary as event
        on
            day.org_code = event.org_code
            and day.business_date = event.business_date
            and event.upload_date <= day.upload_date + $review_days
    qualify
        row_number() over (
            partition by day.upload_date, day.org_code, day.business_date, event.dept_code
            order by
                event.update_time desc nulls last,
                event.upload_date desc,
                event.path desc,
                event.line desc
        ) = 1
),

reported as (
    select
        upload_date,
        org_code,
        business_date,
        sum(outpatient_revenue) as amount
    from summary
    where modify_flag is distinct from '3'
    group by upload_date, org_code, business_date
)

select
    charged.upload_date,
    charged.org_code,
    null::varchar as path,
    null::bigint as line,
    'total_amount' as column_name,
    charged.business_date || ' ' || charged.amount || '/' || reported.amount as value
from charged
inner join reported
    on
        charged.upload_date = reported.upload_date
        and charged.org_code = reported.org_code
        and charged.business_date = reported.business_date
where abs(charged.amount - reported.amount) * 100 > reported.amount
