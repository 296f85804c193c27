-- R51-08: the inpatients' fees less refunds of a business day differ from the inpatient revenue that its
-- daily summaries report by at most 1 % of the latter. Judged of the business days whose summaries came on
-- the day with a revenue; of each fee line the latest version counts. Value: business day and
-- fees/reported.
-- any of: daily_business_summary
with reported_day as (
    select
        upload_date,
        org_code,
        business_date,
        inpatient_revenue
    from reported($first, $last, $review_days)
    where inpatient_revenue is not null
),

fee as (
    select
        reported_day.upload_date,
        reported_day.org_code,
        reported_day.business_date,
        detail.charge_refund_flag,
        detail.amount,
        detail.modify_flag
    from reported_day
    inner join validated.inpatient_fee_detail as detail
        on
            reported_day.org_code = detail.org_code
            and is_on(detail.fee_time, reported_day.business_date)
            and reported_day.upload_date + $review_days >= detail.upload_date
    qualify
        row_number() over (
            partition by
                reported_day.upload_date,
                reported_day.org_code,
                reported_day.business_date,
                detail.fee_detail_id,
                detail.charge_refund_flag
            order by
                detail.update_time desc nulls last,
                detail.upload_date desc,
                detail.path desc,
                detail.line desc
        ) = 1
),

charged as (
    select
        upload_date,
        org_code,
        business_date,
        sum(case charge_refund_flag when '1' then amount else -amount end) as amount
    from fee
    where modify_flag is distinct from '3'
    group by upload_date, org_code, business_date
)

select
    reported_day.upload_date,
    reported_day.org_code,
    null::varchar as path,
    null::bigint as line,
    'inpatient_revenue' as column_name,
    reported_day.business_date
    || ' '
    || coalesce(charged.amount, 0)
    || '/'
    || reported_day.inpatient_revenue as value
from reported_day
left join charged
    on
        reported_day.upload_date = charged.upload_date
        and reported_day.org_code = charged.org_code
        and reported_day.business_date = charged.business_date
where abs(coalesce(charged.amount, 0) - reported_day.inpatient_revenue) * 100 > reported_day.inpatient_revenue
