-- R40-04: from receiving the specimen to the report of histology (1) it is at most 7 days.
select
    upload_date,
    org_code,
    path,
    line,
    'report_time' as column_name,
    report_time::varchar as value
from validated.pathology_report
where
    upload_date between $first and $last
    and modify_flag is distinct from '3'
    and pathology_type_code = '1'
    and report_time > receive_time + interval 7 day
