-- G24: a record of a daily table first arrives at most one day after the day of its event.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    '$column' as column_name,
    strftime(child.$column, '%Y-%m-%d') as value
from validated.$table as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.upload_date > child.$column::date + 1
    and not exists (
        select 1
        from validated.$table as parent
        where
            $same_record
            and parent.upload_date < child.upload_date
    )
