-- R29-04: the main diagnosis has the same category (first three characters) as on the front page.
-- Found on the day when both are known, at the row of the summary: the front page has a week's time.
with pair as (
    select
        child.org_code,
        child.visit_id,
        child.path,
        child.line,
        child.diag_code,
        greatest(child.upload_date, page.upload_date) as known_date
    from validated.discharge_summary as child
    inner join validated.front_page as page
        on
            child.org_code = page.org_code
            and child.visit_id = page.visit_id
            and upper(left(child.diag_code, 3)) <> upper(left(page.diag_code, 3))
    where
        greatest(child.upload_date, page.upload_date) between $first and $last
        and child.modify_flag is distinct from '3'
        and page.modify_flag is distinct from '3'
)

select distinct
    pair.known_date as upload_date,
    pair.org_code,
    pair.path,
    pair.line,
    'diag_code' as column_name,
    pair.diag_code as value
from pair
where
    not exists (
        select 1
        from validated.discharge_summary as summary
        inner join validated.front_page as page
            on
                summary.org_code = page.org_code
                and summary.visit_id = page.visit_id
                and upper(left(summary.diag_code, 3)) = upper(left(page.diag_code, 3))
        where
            summary.org_code = pair.org_code
            and summary.visit_id = pair.visit_id
            and summary.upload_date <= pair.known_date + $review_days
            and summary.modify_flag is distinct from '3'
            and page.upload_date <= pair.known_date + $review_days
            and page.modify_flag is distinct from '3'
    )
