-- R26-01: the first round of a senior doctor (levels 1 to 3) is within 48 hours of the admission.
-- A stay that began before the hospital sent its first round is not judged: the first round known may not be
-- the first.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'round_time' as column_name,
    child.round_time::varchar as value
from validated.ward_round_note as child
inner join validated.inpatient_admission as admission
    on
        child.org_code = admission.org_code
        and child.visit_id = admission.visit_id
        and child.upload_date + $review_days >= admission.upload_date
        and admission.modify_flag is distinct from '3'
inner join arrived
    on
        child.org_code = arrived.org_code
        and arrived.table_code = 'ward_round_note'
        and admission.admission_time::date >= arrived.first_day
anti join validated.ward_round_note as earlier
    on
        child.org_code = earlier.org_code
        and child.visit_id = earlier.visit_id
        and child.round_time > earlier.round_time
        and earlier.round_level_code in ('1', '2', '3')
        and earlier.upload_date <= child.upload_date + $review_days
        and earlier.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.round_level_code in ('1', '2', '3')
group by all
having bool_or(child.round_time <= admission.admission_time + interval 48 hour) is false
