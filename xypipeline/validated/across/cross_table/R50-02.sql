-- R50-02: a health examination with an abnormal result (2, 3 high, 4 low) has a summary of what is abnormal.
-- Told once for each examination, by the first of its abnormal results that came on the day.
with abnormal as (
    select
        upload_date,
        org_code,
        path,
        line,
        health_exam_id,
        abnormal_flag_code
    from validated.health_exam_result
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and abnormal_flag_code in ('2', '3', '4')
    qualify
        row_number() over (
            partition by upload_date, org_code, health_exam_id order by path, line
        ) = 1
)

select
    abnormal.upload_date,
    abnormal.org_code,
    abnormal.path,
    abnormal.line,
    'abnormal_flag_code' as column_name,
    abnormal.abnormal_flag_code as value
from abnormal
inner join validated.health_exam_report as report
    on
        abnormal.org_code = report.org_code
        and abnormal.health_exam_id = report.health_exam_id
        and abnormal.upload_date + $review_days >= report.upload_date
        and report.modify_flag is distinct from '3'
group by all
having count(report.abnormal_summary) = 0
