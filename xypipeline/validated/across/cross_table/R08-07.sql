-- R08-07: a business day with outpatient visits has outpatient charges, too. Judged of each business day
-- whose visits came on the day. Value: business day and charges/visits (of those that came on the day).
with day as (
    select
        upload_date,
        org_code,
        visit_time::date as business_date,
        count(distinct visit_id) as visits
    from validated.outpatient_visit
    where upload_date between $first and $last and modify_flag is distinct from '3'
    group by upload_date, org_code, visit_time::date
),

charged as (
    select
        org_code,
        charge_time::date as business_date,
        min(upload_date) as first_day
    from validated.outpatient_charge
    where
        modify_flag is distinct from '3'
        and (org_code, charge_time::date) in (select (day.org_code, day.business_date) from day)
    group by org_code, charge_time::date
)

select
    day.upload_date,
    day.org_code,
    null::varchar as path,
    null::bigint as line,
    'visit_time' as column_name,
    day.business_date || ' 0/' || day.visits as value
from day
left join charged on day.org_code = charged.org_code and day.business_date = charged.business_date
where charged.first_day is null or charged.first_day > day.upload_date + $review_days
