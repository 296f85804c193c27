-- R34-01: beside a TCM front page there is a western one, of the same number or the same stay.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'front_page_id' as column_name,
    child.front_page_id as value
from validated.tcm_front_page as child
anti join validated.front_page as western
    on
        child.org_code = western.org_code
        and child.front_page_id = western.front_page_id
        and western.upload_date <= child.upload_date + $review_days
        and western.modify_flag is distinct from '3'
anti join validated.front_page as of_visit
    on
        child.org_code = of_visit.org_code
        and child.visit_id = of_visit.visit_id
        and of_visit.upload_date <= child.upload_date + $review_days
        and of_visit.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
