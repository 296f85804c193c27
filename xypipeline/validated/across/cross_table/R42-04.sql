-- R42-04: of the operations of one visit that begin at the same time, exactly one is the main one. Of each
-- operation its latest version counts. Told once for each such session, by the first of its rows that came on
-- the day; the value counts the main ones.
with session as (
    select
        upload_date,
        org_code,
        path,
        line,
        visit_id,
        operation_start_time
    from validated.operation_record
    where upload_date between $first and $last and modify_flag is distinct from '3'
    qualify
        row_number() over (
            partition by upload_date, org_code, visit_id, operation_start_time order by path, line
        ) = 1
),

latest as (
    select
        session.upload_date,
        session.org_code,
        session.path,
        session.line,
        session.operation_start_time,
        performed.operation_start_time as performed_time,
        performed.primary_flag,
        performed.modify_flag
    from session
    inner join validated.operation_record as performed
        on
            session.org_code = performed.org_code
            and session.visit_id = performed.visit_id
            and session.upload_date + $review_days >= performed.upload_date
    qualify
        row_number() over (
            partition by session.upload_date, session.path, session.line, performed.operation_id
            order by
                performed.update_time desc nulls last,
                performed.upload_date desc,
                performed.path desc,
                performed.line desc
        ) = 1
)

select
    upload_date,
    org_code,
    path,
    line,
    'primary_flag' as column_name,
    (count(*) filter (where primary_flag = '1'))::varchar as value
from latest
where modify_flag is distinct from '3' and performed_time = operation_start_time
group by upload_date, org_code, path, line
having count(*) filter (where primary_flag = '1') <> 1
