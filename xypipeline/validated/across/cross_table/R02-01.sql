-- R02-01: the department above a department is in the hospital's own register of departments.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'parent_dept_code' as column_name,
    child.parent_dept_code as value
from validated.department as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.parent_dept_code is not null
    and not exists (
        select 1
        from validated.department as parent
        where
            parent.org_code = child.org_code
            and parent.dept_code = child.parent_dept_code
            and parent.upload_date <= child.upload_date + $review_days
            and parent.modify_flag is distinct from '3'
    )
