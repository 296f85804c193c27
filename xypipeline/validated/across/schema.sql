-- A text as a finding may show it: 40 characters, in which longer numbers are masked.
create or replace temp macro shown(text) as
left(regexp_replace(text, '(\d{3})\d{2,}(\d{2})', '\1****\2', 'g'), 40);

-- Whether a moment is on a day. That it is not before the day says the same once more: that much DuckDB
-- understands of dates, and leaves unread what was uploaded long before.
create or replace temp macro is_on(moment, day) as
day = moment::date and day <= moment;

-- The standard's notifiable diseases, by the beginning of their ICD-10 codes. Grain: one row per beginning;
-- none is the beginning of another.
create or replace temp table notifiable_disease (
    icd_code varchar,
    infect_class_code varchar,
    disease_name varchar
);

-- What the daily summaries of a hospital add up to for each business day that one of them, uploaded from
-- first to last, is about. Of each department's summary the latest version counts, of those that came until
-- the review days after; a figure that no department gives is null. Grain: one row per upload date, hospital
-- and business day. A query that uses it reads validated.daily_business_summary.
create or replace temp macro reported(first_day, last_day, review_days) as table
    with day as (
        select distinct
            upload_date,
            org_code,
            business_date,
            upload_date + review_days as last_arrival
        from validated.daily_business_summary
        where upload_date between first_day and last_day and modify_flag is distinct from '3'
    ),

    latest as (
        select summary.* replace (day.upload_date as upload_date)
        from day
        inner join validated.daily_business_summary as summary
            on
                day.org_code = summary.org_code
                and day.business_date = summary.business_date
                and day.last_arrival >= summary.upload_date
        qualify
            row_number() over (
                partition by day.upload_date, day.org_code, day.business_date, summary.dept_code
                order by
                    summary.update_time desc nulls last,
                    summary.upload_date desc,
                    summary.path desc,
                    summary.line desc
            ) = 1
    )

    select
        upload_date,
        org_code,
        business_date,
        sum(outpatient_count) as outpatients,
        sum(emergency_count) as emergencies,
        sum(admission_count) as admissions,
        sum(discharge_count) as discharges,
        sum(transfer_in_count) as transfers_in,
        sum(transfer_out_count) as transfers_out,
        sum(operation_count) as operations,
        sum(lab_report_count) as lab_reports,
        sum(exam_report_count) as exam_reports,
        sum(inpatient_revenue) as inpatient_revenue
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, business_date;

-- What the rules find, before it is kept: findings, and the query that found each. Grain: one row per breach.
create or replace temp table found as
select
    0::integer as query_no,
    finding.* -- noqa: AM04
from validated.finding
where false;
