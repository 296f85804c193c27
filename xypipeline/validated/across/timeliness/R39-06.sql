-- R39-06: from the examination to the report it is at most 2 hours for imaging (types 01, 02, 03, 09) of an
-- emergency patient (type 2), 24 hours for other imaging and for ultrasound (04).
select
    upload_date,
    org_code,
    path,
    line,
    'report_time' as column_name,
    report_time::varchar as value
from validated.exam_report
where
    upload_date between $first and $last
    and modify_flag is distinct from '3'
    and exam_type_code in ('01', '02', '03', '04', '09')
    and report_time > exam_time + case
        when visit_type_code = '2' and exam_type_code <> '04' then interval 2 hour
        else interval 24 hour
    end
