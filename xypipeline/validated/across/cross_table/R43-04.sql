-- R43-04: where blood was given under anaesthesia, the visit has a transfusion record.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'blood_volume_ml' as column_name,
    child.blood_volume_ml::varchar as value
from validated.anesthesia_record as child
anti join validated.transfusion_record as given
    on
        child.org_code = given.org_code
        and child.visit_id = given.visit_id
        and given.upload_date <= child.upload_date + $review_days
        and given.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.blood_volume_ml > 0
