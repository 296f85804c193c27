-- R11-05: a diagnosis is made from the day before the visit or admission to 7 days after the discharge,
-- counted in calendar days. An outpatient visit ends on its own day; a stay without a discharge has no end
-- yet.
-- any of: outpatient_visit, inpatient_admission, inpatient_discharge
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        visit_id,
        diag_time
    from validated.visit_diagnosis
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

known as (
    select
        upload_date,
        org_code,
        visit_id,
        visit_time::date as begun_on,
        visit_time::date as ended_on
    from validated.outpatient_visit
    where modify_flag is distinct from '3'
    union all
    select
        upload_date,
        org_code,
        visit_id,
        admission_time::date as begun_on,
        null as ended_on
    from validated.inpatient_admission
    where modify_flag is distinct from '3'
    union all
    select
        upload_date,
        org_code,
        visit_id,
        null as begun_on,
        discharge_time::date as ended_on
    from validated.inpatient_discharge
    where modify_flag is distinct from '3' and void_flag is distinct from '1'
),

concerned as (
    select distinct
        upload_date,
        org_code,
        visit_id
    from judged
),

visit as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.visit_id,
        min(known.begun_on) as begun_on,
        max(known.ended_on) as ended_on
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
    'diag_time' as column_name,
    judged.diag_time::varchar as value
from judged
inner join visit
    on
        judged.upload_date = visit.upload_date
        and judged.org_code = visit.org_code
        and judged.visit_id = visit.visit_id
where judged.diag_time::date < visit.begun_on - 1 or judged.diag_time::date > visit.ended_on + 7
