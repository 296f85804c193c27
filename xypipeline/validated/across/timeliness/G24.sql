-- G24: a record of a daily table first arrives at most one day after the day of its event.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    '$column' as column_name,
    strftime(child.$column, '%Y-%m-%d') as value
from validated.$table as child
anti join validated.$table as parent
    on
        $same_record
        and child.upload_date > parent.upload_date
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.upload_date > child.$column::date + 1
