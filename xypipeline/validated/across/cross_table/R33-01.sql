-- R33-01: the operation is between the days of admission and discharge of its front page, both included.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'operation_date' as column_name,
    child.operation_date::varchar as value
from validated.front_page_operation as child
inner join validated.front_page as page
    on
        child.org_code = page.org_code
        and child.front_page_id = page.front_page_id
        and child.upload_date + $review_days >= page.upload_date
        and page.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having bool_or(child.operation_date between page.admission_time::date and page.discharge_time::date) is false
