-- R29-02: signed within 24 hours of the discharge that the summary itself names.
select
    upload_date,
    org_code,
    path,
    line,
    'sign_time' as column_name,
    sign_time::varchar as value
from validated.discharge_summary
where
    upload_date between $first and $last
    and modify_flag is distinct from '3'
    and sign_time > discharge_time + interval 24 hour
