-- R45-06: the newborns of one delivery are numbered from 1 on without a gap: unless it is 1, the number below
-- is there, too.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'newborn_seq_no' as column_name,
    child.newborn_seq_no::varchar as value
from validated.delivery_record as child
anti join validated.delivery_record as lower_one
    on
        child.org_code = lower_one.org_code
        and child.delivery_id = lower_one.delivery_id
        and lower_one.newborn_seq_no = child.newborn_seq_no - 1
        and lower_one.upload_date <= child.upload_date + $review_days
        and lower_one.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.newborn_seq_no <> 1
