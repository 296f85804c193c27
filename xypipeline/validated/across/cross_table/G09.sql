-- G09: a row that says it changes (2) or revokes (3) a record follows an earlier version of that record.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'modify_flag' as column_name,
    child.modify_flag as value
from validated.$table as child
anti join validated.$table as parent
    on
        $same_record
        and child.upload_date >= parent.upload_date
        and (parent.update_time, parent.upload_date, parent.path, parent.line)
        < (child.update_time, child.upload_date, child.path, child.line)
where
    child.upload_date between $first and $last
    and child.modify_flag in ('2', '3')
