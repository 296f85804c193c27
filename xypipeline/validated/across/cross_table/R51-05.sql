-- R51-05: the laboratory's reports of a business day, and those of examinations, differ from what its daily
-- summaries report by at most 5 % of the latter. Judged of the business days whose summaries came on the day
-- with such a figure; a report that is revoked does not count. Value: business day and reports/reported.
-- any of: daily_business_summary
-- any of: lab_report, exam_report
with summed as (
    select *
    from reported($first, $last, $review_days)
),

declared as (
    select
        upload_date,
        org_code,
        business_date,
        'lab_report' as table_code,
        'lab_report_count' as column_name,
        lab_reports as reported
    from summed
    union all
    select
        upload_date,
        org_code,
        business_date,
        'exam_report' as table_code,
        'exam_report_count' as column_name,
        exam_reports as reported
    from summed
),

recorded as (
    select
        summed.upload_date,
        summed.org_code,
        summed.business_date,
        'lab_report_count' as column_name,
        detail.report_id as record_id,
        bool_or(detail.modify_flag = '3') as is_withdrawn
    from summed
    inner join validated.lab_report as detail
        on
            summed.org_code = detail.org_code
            and is_on(detail.report_time, summed.business_date)
            and summed.upload_date + $review_days >= detail.upload_date
    group by all
    union all
    select
        summed.upload_date,
        summed.org_code,
        summed.business_date,
        'exam_report_count' as column_name,
        detail.report_id as record_id,
        bool_or(detail.modify_flag = '3') as is_withdrawn
    from summed
    inner join validated.exam_report as detail
        on
            summed.org_code = detail.org_code
            and is_on(detail.report_time, summed.business_date)
            and summed.upload_date + $review_days >= detail.upload_date
    group by all
),

counted as (
    select
        declared.upload_date,
        declared.org_code,
        declared.business_date,
        declared.column_name,
        declared.reported,
        count(recorded.record_id) filter (where recorded.is_withdrawn is not true) as counted
    from declared
    inner join arrived
        on
            declared.org_code = arrived.org_code
            and declared.table_code = arrived.table_code
            and declared.upload_date + $review_days >= arrived.first_day
    left join recorded
        on
            declared.upload_date = recorded.upload_date
            and declared.org_code = recorded.org_code
            and declared.business_date = recorded.business_date
            and declared.column_name = recorded.column_name
    group by all
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    column_name,
    business_date || ' ' || counted || '/' || reported as value
from counted
where abs(counted - reported) * 100 > reported * 5
