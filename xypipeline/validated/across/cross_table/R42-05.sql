-- R42-05: an operation of level 4 is performed by a chief or deputy chief physician (titles 231, 232), as the
-- register of staff has it. No title there is none; who is not in it is for G16 to tell.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'surgeon_id' as column_name,
    child.surgeon_id as value
from validated.operation_record as child
inner join validated.staff as surgeon
    on
        child.org_code = surgeon.org_code
        and child.surgeon_id = surgeon.staff_id
        and child.upload_date + $review_days >= surgeon.upload_date
        and surgeon.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.operation_level_code = '4'
group by all
having bool_or(coalesce(surgeon.title_code, '') in ('231', '232')) is false
