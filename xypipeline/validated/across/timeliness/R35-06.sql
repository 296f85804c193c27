-- R35-06: from receiving the specimen to the report it is at most 7 days for microbiology (category 4), 2
-- hours for an emergency patient (type 2), else 24 hours.
select
    upload_date,
    org_code,
    path,
    line,
    'report_time' as column_name,
    report_time::varchar as value
from validated.lab_report
where
    upload_date between $first and $last
    and modify_flag is distinct from '3'
    and report_time > receive_time + case
        when lab_category_code = '4' then interval 7 day
        when visit_type_code = '2' then interval 2 hour
        else interval 24 hour
    end
