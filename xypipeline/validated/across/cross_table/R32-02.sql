-- R32-02: the diagnoses of a front page are numbered 1, 2, 3 and so on; a number is wrong if the one
-- before it is missing.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'diag_seq_no' as column_name,
    child.diag_seq_no::varchar as value
from validated.front_page_diagnosis as child
anti join validated.front_page_diagnosis as lower_one
    on
        child.org_code = lower_one.org_code
        and child.front_page_id = lower_one.front_page_id
        and lower_one.diag_seq_no = child.diag_seq_no - 1
        and lower_one.upload_date <= child.upload_date + $review_days
        and lower_one.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.diag_seq_no <> 1
