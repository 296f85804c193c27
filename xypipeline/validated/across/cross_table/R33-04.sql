-- R33-04: the operations of a front page are numbered 1, 2, 3 and so on; a number is wrong if the one
-- before it is missing.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'operation_seq_no' as column_name,
    child.operation_seq_no::varchar as value
from validated.front_page_operation as child
anti join validated.front_page_operation as lower_one
    on
        child.org_code = lower_one.org_code
        and child.front_page_id = lower_one.front_page_id
        and lower_one.operation_seq_no = child.operation_seq_no - 1
        and lower_one.upload_date <= child.upload_date + $review_days
        and lower_one.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.operation_seq_no <> 1
