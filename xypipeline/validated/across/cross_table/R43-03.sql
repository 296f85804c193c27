-- R43-03: the method has the same first digit as that of the operation the anaesthesia was for.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'anesthesia_method_code' as column_name,
    child.anesthesia_method_code as value
from validated.anesthesia_record as child
inner join validated.operation_record as performed
    on
        child.org_code = performed.org_code
        and child.operation_id = performed.operation_id
        and child.upload_date + $review_days >= performed.upload_date
        and performed.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having bool_or(left(child.anesthesia_method_code, 1) = left(performed.anesthesia_method_code, 1)) is false
