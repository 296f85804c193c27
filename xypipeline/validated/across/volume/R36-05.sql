-- R36-05: a day's results per report are 0.5 to 2 times as many as the hospital's own in the month before. A
-- day is a business day, judged on the next by the records reported on it that have come since; the month are
-- the 30 upload days before that, by their rows. Exactly 0.5 and 2 times pass; without reports that day, or
-- without rows in the month, there is nothing to compare. The value is results/reports of the day.
with report as (
    select
        org_code,
        report_time::date + 1 as judged_date,
        count(distinct report_id) as reports
    from validated.lab_report
    where
        upload_date between $first - 1 and $last + $review_days
        and judged_date between $first and $last
        and upload_date <= judged_date + $review_days
        and modify_flag is distinct from '3'
    group by all
),

result as (
    select
        org_code,
        report_time::date + 1 as judged_date,
        count(distinct row(report_id, result_id)) as results
    from validated.lab_result
    where
        upload_date between $first - 1 and $last + $review_days
        and judged_date between $first and $last
        and upload_date <= judged_date + $review_days
        and modify_flag is distinct from '3'
    group by all
),

compared as (
    select
        report.judged_date,
        report.org_code,
        report.reports,
        coalesce(result.results, 0) as results,
        sum(tally.rows_accepted) filter (where tally.table_code = 'lab_report') as usual_reports,
        sum(tally.rows_accepted) filter (where tally.table_code = 'lab_result') as usual_results
    from report
    left join result
        on
            report.org_code = result.org_code
            and report.judged_date = result.judged_date
    inner join validated.tally as tally
        on
            report.org_code = tally.org_code
            and tally.upload_date between report.judged_date - 30 and report.judged_date - 1
            and tally.table_code in ('lab_report', 'lab_result')
    group by all
)

select
    judged_date as upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'result_id' as column_name,
    results || '/' || reports as value
from compared
where
    usual_results > 0
    and usual_reports > 0
    and (
        2 * results * usual_reports < usual_results * reports
        or results * usual_reports > 2 * usual_results * reports
    )
