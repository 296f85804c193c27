-- R02-01: the department above a department is in the hospital's own register of departments.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'parent_dept_code' as column_name,
    child.parent_dept_code as value
from validated.department as child
anti join validated.department as parent
    on
        child.org_code = parent.org_code
        and child.parent_dept_code = parent.dept_code
        and parent.upload_date <= child.upload_date + $review_days
        and parent.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.parent_dept_code is not null
