-- R51-07: each clinical department in use (type 1 or 2, status 0) has a summary of each natural day. Judged
-- of the day before each day on which the table is expected, once the hospital has begun to send summaries,
-- by the summaries that have come since; the register is what was sent of it in the 31 days before (a
-- dictionary is sent whole at least monthly) and the review days after. Two rows of one department and day
-- are versions of one record. Value: business day and departments with a summary/departments.
with day as (
    select
        expected.expected_date as upload_date,
        expected.org_code,
        expected.expected_date - 1 as business_date
    from expected
    inner join arrived
        on
            expected.org_code = arrived.org_code
            and expected.expected_date > arrived.first_day
            and arrived.table_code = 'daily_business_summary'
    where
        expected.expected_date between $first and $last
        and not exists (
            select 1
            from excused
            where
                excused.org_code = expected.org_code
                and excused.table_code = 'daily_business_summary'
                and excused.excused_date = expected.expected_date
        )
),

register as (
    select
        day.upload_date,
        day.org_code,
        day.business_date,
        department.dept_code,
        department.dept_type_code,
        department.record_status,
        department.effective_date,
        department.expire_date,
        department.modify_flag
    from day
    inner join validated.department as department
        on
            day.org_code = department.org_code
            and department.upload_date between day.upload_date - 31 and day.upload_date + $review_days
    qualify
        row_number() over (
            partition by day.upload_date, day.org_code, department.dept_code
            order by
                department.update_time desc nulls last,
                department.upload_date desc,
                department.path desc,
                department.line desc
        ) = 1
),

clinical as (
    select
        upload_date,
        org_code,
        business_date,
        dept_code
    from register
    where
        modify_flag is distinct from '3'
        and dept_type_code in ('1', '2')
        and record_status = '0'
        and business_date >= coalesce(effective_date, business_date)
        and business_date <= coalesce(expire_date, business_date)
),

summarised as (
    select
        clinical.upload_date,
        clinical.org_code,
        clinical.business_date,
        exists(
            select 1
            from validated.daily_business_summary as summary
            where
                summary.org_code = clinical.org_code
                and summary.business_date = clinical.business_date
                and summary.dept_code = clinical.dept_code
                and summary.upload_date <= clinical.upload_date + $review_days
                and summary.modify_flag is distinct from '3'
        ) as has_summary
    from clinical
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'dept_code' as column_name,
    business_date || ' ' || count(*) filter (where has_summary) || '/' || count(*) as value
from summarised
group by upload_date, org_code, business_date
having count(*) filter (where has_summary) < count(*)
