-- R07-02: registrations less cancellations of a business day are 0.7 to 1.3 times its outpatient visits.
-- Judged of each business day whose registrations came on the day. Value: business day and net/visits.
with day as (
    select distinct
        upload_date,
        org_code,
        register_time::date as business_date
    from validated.outpatient_registration
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

registered as (
    select
        day.upload_date,
        day.org_code,
        day.business_date,
        count(distinct event.registration_id) filter (where event.register_cancel_flag = '1')
        - count(distinct event.registration_id) filter (where event.register_cancel_flag = '2') as net
    from day
    inner join validated.outpatient_registration as event
        on
            day.org_code = event.org_code
            and is_on(event.register_time, day.business_date)
            and event.upload_date <= day.upload_date + $review_days
            and event.modify_flag is distinct from '3'
    group by day.upload_date, day.org_code, day.business_date
),

visited as (
    select
        day.upload_date,
        day.org_code,
        day.business_date,
        count(distinct event.visit_id) as visits
    from day
    inner join validated.outpatient_visit as event
        on
            day.org_code = event.org_code
            and is_on(event.visit_time, day.business_date)
            and event.upload_date <= day.upload_date + $review_days
            and event.modify_flag is distinct from '3'
    group by day.upload_date, day.org_code, day.business_date
)

select
    registered.upload_date,
    registered.org_code,
    null::varchar as path,
    null::bigint as line,
    'registration_id' as column_name,
    registered.business_date || ' ' || registered.net || '/' || visited.visits as value
from registered
inner join visited
    on
        registered.upload_date = visited.upload_date
        and registered.org_code = visited.org_code
        and registered.business_date = visited.business_date
where registered.net * 10 not between visited.visits * 7 and visited.visits * 13
