-- R42-07: an operation of an inpatient (type 3) is on the front page of the stay: one there has the same
-- first four digits. Told 7 days after the discharge, or when operation or discharge come, if that is later;
-- path and line are those of the operation's latest version by then.
with discharged as (
    select
        performed.org_code,
        performed.visit_id,
        performed.operation_id,
        performed.operation_code,
        performed.path,
        performed.line,
        performed.update_time,
        performed.upload_date,
        performed.visit_type_code,
        performed.modify_flag,
        greatest(performed.upload_date, stay.upload_date, stay.discharge_time::date + 7) as due_date
    from validated.operation_record as performed
    inner join validated.inpatient_discharge as stay
        on
            performed.org_code = stay.org_code
            and performed.visit_id = stay.visit_id
            and stay.modify_flag is distinct from '3'
            and stay.void_flag is distinct from '1'
),

due as (
    select *
    from discharged
    where due_date between $first and $last
    qualify
        row_number() over (
            partition by due_date, org_code, operation_id
            order by update_time desc nulls last, upload_date desc, path desc, line desc
        ) = 1
)

select
    due.due_date as upload_date,
    due.org_code,
    due.path,
    due.line,
    'operation_code' as column_name,
    due.operation_code as value
from due
anti join validated.front_page_operation as listed
    on
        due.org_code = listed.org_code
        and due.visit_id = listed.visit_id
        and left(replace(listed.operation_code, '.', ''), 4)
        = left(replace(due.operation_code, '.', ''), 4)
        and listed.upload_date <= due.due_date + $review_days
        and listed.modify_flag is distinct from '3'
where
    due.modify_flag is distinct from '3'
    and due.visit_type_code = '3'
