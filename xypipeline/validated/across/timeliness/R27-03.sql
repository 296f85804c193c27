-- R27-03: an ordinary consultation (1) takes place within 24 hours of the application.
select
    upload_date,
    org_code,
    path,
    line,
    'consult_time' as column_name,
    consult_time::varchar as value
from validated.consultation_record
where
    upload_date between $first and $last
    and modify_flag is distinct from '3'
    and consult_type_code = '1'
    and consult_time > apply_time + interval 24 hour
