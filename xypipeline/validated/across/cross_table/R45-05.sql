-- R45-05: a caesarean section (method 3) has an operation record of the visit with a code of category 74.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'delivery_method_code' as column_name,
    child.delivery_method_code as value
from validated.delivery_record as child
anti join validated.operation_record as performed
    on
        child.org_code = performed.org_code
        and child.visit_id = performed.visit_id
        and starts_with(performed.operation_code, '74.')
        and performed.upload_date <= child.upload_date + $review_days
        and performed.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.delivery_method_code = '3'
