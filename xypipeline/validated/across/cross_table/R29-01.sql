-- R29-01: of the discharges that came on a day, but for the dead, at least 95 % have a discharge summary.
-- Grain: one row per hospital and day; numerator: with a summary; denominator: all, voided ones left out.
with discharged as (
    select distinct
        upload_date,
        org_code,
        visit_id
    from validated.inpatient_discharge
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and void_flag is distinct from '1'
        and discharge_way_code is distinct from '5'
),

summarised as (
    select
        discharged.upload_date,
        discharged.org_code,
        exists(
            select 1
            from validated.discharge_summary as summary
            where
                summary.org_code = discharged.org_code
                and summary.visit_id = discharged.visit_id
                and summary.upload_date <= discharged.upload_date + $review_days
                and summary.modify_flag is distinct from '3'
        ) as has_summary
    from discharged
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'visit_id' as column_name,
    count(*) filter (where has_summary) || '/' || count(*) as value
from summarised
group by upload_date, org_code
having 100 * count(*) filter (where has_summary) < 95 * count(*)
