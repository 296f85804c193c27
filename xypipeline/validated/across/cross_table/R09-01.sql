-- R09-01: at least 80 % of a business day's outpatient visits have a medical record. Judged of each business
-- day whose visits came on the day. Value: business day and with record/visits.
with day as (
    select distinct
        upload_date,
        org_code,
        visit_time::date as business_date
    from validated.outpatient_visit
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

visit as (
    select distinct
        day.upload_date,
        day.org_code,
        day.business_date,
        event.visit_id
    from day
    inner join validated.outpatient_visit as event
        on
            day.org_code = event.org_code
            and is_on(event.visit_time, day.business_date)
            and event.upload_date <= day.upload_date + $review_days
            and event.modify_flag is distinct from '3'
),

covered as (
    select
        visit.*,
        exists(
            select 1
            from validated.outpatient_emr as emr
            where
                emr.org_code = visit.org_code
                and emr.visit_id = visit.visit_id
                and emr.upload_date <= visit.upload_date + $review_days
                and emr.modify_flag is distinct from '3'
        ) as has_record
    from visit
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'visit_id' as column_name,
    business_date || ' ' || count(*) filter (where has_record) || '/' || count(*) as value
from covered
group by upload_date, org_code, business_date
having count(*) filter (where has_record) * 100 < count(*) * 80
