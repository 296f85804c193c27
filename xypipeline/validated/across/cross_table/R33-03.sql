-- R33-03: an operation with a level has an operation record of the stay on the same day; the main one has the
-- same first four digits as a main operation of that day.
with compared as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.operation_date,
        child.operation_code,
        child.primary_flag,
        count(performed.operation_id) as records,
        bool_or(
            performed.primary_flag = '1'
            and left(replace(performed.operation_code, '.', ''), 4)
            = left(replace(child.operation_code, '.', ''), 4)
        ) as is_same
    from validated.front_page_operation as child
    left join validated.operation_record as performed
        on
            child.org_code = performed.org_code
            and child.visit_id = performed.visit_id
            and child.operation_date = performed.operation_start_time::date
            and child.upload_date + $review_days >= performed.upload_date
            and performed.modify_flag is distinct from '3'
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and child.operation_level_code is not null
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'operation_date' as column_name,
    operation_date::varchar as value
from compared
where records = 0
union all
select
    upload_date,
    org_code,
    path,
    line,
    'operation_code' as column_name,
    operation_code as value
from compared
where records > 0 and primary_flag = '1' and not is_same
