-- R51-02: a business day has as many admissions, and as many discharges, as its daily summaries report.
-- Judged of the business days whose summaries came on the day; what is voided or revoked does not count.
-- Value: business day and recorded/reported.
-- any of: daily_business_summary
-- any of: inpatient_admission, inpatient_discharge
with summed as (
    select *
    from reported($first, $last, $review_days)
),

declared as (
    select
        upload_date,
        org_code,
        business_date,
        'inpatient_admission' as table_code,
        'admission_count' as column_name,
        admissions as reported
    from summed
    union all
    select
        upload_date,
        org_code,
        business_date,
        'inpatient_discharge' as table_code,
        'discharge_count' as column_name,
        discharges as reported
    from summed
),

recorded as (
    select
        summed.upload_date,
        summed.org_code,
        summed.business_date,
        'admission_count' as column_name,
        detail.visit_id as record_id,
        bool_or(detail.modify_flag = '3' or detail.void_flag = '1') as is_withdrawn
    from summed
    inner join validated.inpatient_admission as detail
        on
            summed.org_code = detail.org_code
            and is_on(detail.admission_time, summed.business_date)
            and summed.upload_date + $review_days >= detail.upload_date
    group by all
    union all
    select
        summed.upload_date,
        summed.org_code,
        summed.business_date,
        'discharge_count' as column_name,
        detail.visit_id as record_id,
        bool_or(detail.modify_flag = '3' or detail.void_flag = '1') as is_withdrawn
    from summed
    inner join validated.inpatient_discharge as detail
        on
            summed.org_code = detail.org_code
            and is_on(detail.discharge_time, summed.business_date)
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
where counted <> reported
