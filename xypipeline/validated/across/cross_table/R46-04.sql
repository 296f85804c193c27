-- R46-04: of the days that inpatients stayed, at most 5 % are without a measurement of the temperature.
-- Judged when stays end: of those discharged on one business day, for each business day whose discharges came
-- on the day. A stay's days are those from admission up to the day before discharge, and at least one; days
-- before the hospital's first vital signs came are left out. Value: business day of discharge and days
-- without/all.
with day as (
    select distinct
        upload_date,
        org_code,
        discharge_time::date as business_date
    from validated.inpatient_discharge
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and void_flag is distinct from '1'
),

stay as (
    select
        day.upload_date,
        day.org_code,
        day.business_date,
        discharge.visit_id,
        max(discharge.admission_time)::date as admitted_on
    from day
    inner join validated.inpatient_discharge as discharge
        on
            day.org_code = discharge.org_code
            and is_on(discharge.discharge_time, day.business_date)
            and discharge.upload_date <= day.upload_date + $review_days
            and discharge.modify_flag is distinct from '3'
            and discharge.void_flag is distinct from '1'
    group by day.upload_date, day.org_code, day.business_date, discharge.visit_id
),

stay_day as (
    select
        upload_date,
        org_code,
        business_date,
        visit_id,
        unnest(generate_series(admitted_on, greatest(admitted_on, business_date - 1), interval 1 day))::date
            as stayed_on
    from stay
),

measured as (
    select distinct
        stay.upload_date,
        stay.org_code,
        stay.visit_id,
        vital_sign.measure_time::date as stayed_on
    from stay
    inner join validated.vital_sign_record as vital_sign
        on
            stay.org_code = vital_sign.org_code
            and stay.visit_id = vital_sign.visit_id
            and vital_sign.temperature is not null
            and vital_sign.upload_date <= stay.upload_date + $review_days
            and vital_sign.modify_flag is distinct from '3'
)

select
    stay_day.upload_date,
    stay_day.org_code,
    null::varchar as path,
    null::bigint as line,
    'temperature' as column_name,
    stay_day.business_date
    || ' '
    || count(*) filter (where measured.stayed_on is null)
    || '/'
    || count(*) as value
from stay_day
inner join arrived
    on
        stay_day.org_code = arrived.org_code
        and stay_day.stayed_on >= arrived.first_day
        and arrived.table_code = 'vital_sign_record'
left join measured
    on
        stay_day.upload_date = measured.upload_date
        and stay_day.org_code = measured.org_code
        and stay_day.visit_id = measured.visit_id
        and stay_day.stayed_on = measured.stayed_on
group by stay_day.upload_date, stay_day.org_code, stay_day.business_date
having count(*) filter (where measured.stayed_on is null) * 100 > count(*) * 5
