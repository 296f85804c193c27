-- R14-04: an order is given from 1 hour before admission to 24 hours after discharge. A stay without a
-- discharge has no end yet; where there is no admission, G14 tells it.
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        visit_id,
        order_time
    from validated.inpatient_order
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

concerned as (
    select distinct
        upload_date,
        org_code,
        visit_id
    from judged
),

known as (
    select
        upload_date,
        org_code,
        visit_id,
        admission_time,
        null as discharge_time
    from validated.inpatient_admission
    where modify_flag is distinct from '3'
    union all
    select
        upload_date,
        org_code,
        visit_id,
        null as admission_time,
        discharge_time
    from validated.inpatient_discharge
    where modify_flag is distinct from '3' and void_flag is distinct from '1'
),

stay as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.visit_id,
        min(known.admission_time) as admission_time,
        max(known.discharge_time) as discharge_time
    from concerned
    inner join known
        on
            concerned.org_code = known.org_code
            and concerned.visit_id = known.visit_id
            and known.upload_date <= concerned.upload_date + $review_days
    group by concerned.upload_date, concerned.org_code, concerned.visit_id
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    'order_time' as column_name,
    judged.order_time::varchar as value
from judged
inner join stay
    on
        judged.upload_date = stay.upload_date
        and judged.org_code = stay.org_code
        and judged.visit_id = stay.visit_id
where
    judged.order_time < stay.admission_time - interval 1 hour
    or judged.order_time > stay.discharge_time + interval 24 hours
