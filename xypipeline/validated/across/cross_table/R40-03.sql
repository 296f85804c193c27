-- R40-03: a frozen section (2) is followed within 10 days by a histology report (1) of the same pathology
-- number. Found once, on the 10th day after the frozen section's report, or on the day of the upload if that
-- is later.
with due as (
    select
        org_code,
        report_id,
        pathology_no,
        report_time,
        path,
        line,
        greatest(upload_date, report_time::date + 10) as due_date
    from validated.pathology_report
    where
        due_date between $first and $last
        and modify_flag is distinct from '3'
        and pathology_type_code = '2'
    qualify
        row_number() over (
            partition by org_code, report_id, due_date order by upload_date desc, path desc, line desc
        ) = 1
)

select
    due.due_date as upload_date,
    due.org_code,
    due.path,
    due.line,
    'pathology_no' as column_name,
    due.pathology_no as value
from due
anti join validated.pathology_report as histology
    on
        due.org_code = histology.org_code
        and due.pathology_no = histology.pathology_no
        and histology.pathology_type_code = '1'
        and histology.report_time::date <= due.report_time::date + 10
        and histology.upload_date <= due.due_date + $review_days
        and histology.modify_flag is distinct from '3'
where
    not exists (
        select 1
        from validated.pathology_report as revoked
        where
            revoked.org_code = due.org_code
            and revoked.report_id = due.report_id
            and revoked.upload_date <= due.due_date + $review_days
            and revoked.modify_flag = '3'
    )
