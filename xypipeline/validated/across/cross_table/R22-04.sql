-- R22-04: who left as dead (5) has a record of the death, and who has one left as dead.
-- A recalled (voided) discharge is not judged.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.discharge_way_code,
        death.record_id,
        bool_or(death.modify_flag = '3') as is_revoked
    from validated.inpatient_discharge as child
    left join validated.death_record as death
        on
            child.org_code = death.org_code
            and child.visit_id = death.visit_id
            and child.upload_date + $review_days >= death.upload_date
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and child.void_flag is distinct from '1'
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'discharge_way_code' as column_name,
    discharge_way_code as value
from judged
group by all
having (discharge_way_code = '5') <> (count(record_id) filter (where is_revoked is not true) > 0)
