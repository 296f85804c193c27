-- R19-03: of the days that inpatients stayed, at most 2 % are without a fee (the bed's at least). Judged
-- when stays end: of those discharged on one business day, for each business day whose discharges came on
-- the day. A stay's days are those from admission up to the day before discharge, and at least one. Value:
-- business day of discharge and days without/all.
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

fee_day as (
    select distinct
        stay.upload_date,
        stay.org_code,
        stay.visit_id,
        fee.fee_time::date as stayed_on
    from stay
    inner join validated.inpatient_fee_detail as fee
        on
            stay.org_code = fee.org_code
            and stay.visit_id = fee.visit_id
            and fee.charge_refund_flag = '1'
            and stay.admitted_on <= fee.fee_time
            and fee.upload_date <= stay.upload_date + $review_days
            and fee.modify_flag is distinct from '3'
)

select
    stay_day.upload_date,
    stay_day.org_code,
    null::varchar as path,
    null::bigint as line,
    'fee_time' as column_name,
    stay_day.business_date
    || ' '
    || count(*) filter (where fee_day.stayed_on is null)
    || '/'
    || count(*) as value
from stay_day
left join fee_day
    on
        stay_day.upload_date = fee_day.upload_date
        and stay_day.org_code = fee_day.org_code
        and stay_day.visit_id = fee_day.visit_id
        and stay_day.stayed_on = fee_day.stayed_on
group by stay_day.upload_date, stay_day.org_code, stay_day.business_date
having count(*) filter (where fee_day.stayed_on is null) * 100 > count(*) * 2
