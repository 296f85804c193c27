-- R23-01: written, or signed, within 24 hours of the admission that the record itself names.
select
    upload_date,
    org_code,
    path,
    line,
    'record_time' as column_name,
    record_time::varchar as value
from validated.admission_record
where
    upload_date between $first and $last
    and modify_flag is distinct from '3'
    and least(record_time, sign_time) > admission_time + interval 24 hour
