-- R42-03: an operation under another anaesthesia than a local one (3 and 31 to 36) has an anaesthesia record:
-- one that names the operation, or one of the same visit at the same time, since several operations of one
-- session share it.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'anesthesia_method_code' as column_name,
    child.anesthesia_method_code as value
from validated.operation_record as child
anti join validated.anesthesia_record as named
    on
        child.org_code = named.org_code
        and child.operation_id = named.operation_id
        and named.upload_date <= child.upload_date + $review_days
        and named.modify_flag is distinct from '3'
anti join validated.anesthesia_record as shared
    on
        child.org_code = shared.org_code
        and child.visit_id = shared.visit_id
        and child.operation_end_time >= shared.anesthesia_start_time
        and child.operation_start_time <= shared.anesthesia_end_time
        and shared.upload_date <= child.upload_date + $review_days
        and shared.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and not starts_with(child.anesthesia_method_code, '3')
