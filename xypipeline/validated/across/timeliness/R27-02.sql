-- R27-02: an urgent consultation (2) takes place within 10 minutes of the application. 30 minutes may do
-- where a time is that of writing it down, but consult_time is that of the consultation.
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
    and consult_type_code = '2'
    and consult_time > apply_time + interval 10 minute
