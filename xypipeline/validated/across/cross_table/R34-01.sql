-- R34-01: beside a TCM front page there is a western one, of the same number or the same stay.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'front_page_id' as column_name,
    child.front_page_id as value
from validated.tcm_front_page as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and not exists (
        select 1
        from validated.front_page as western
        where
            western.org_code = child.org_code
            and western.front_page_id = child.front_page_id
            and western.upload_date <= child.upload_date + $review_days
            and western.modify_flag is distinct from '3'
    )
    and not exists (
        select 1
        from validated.front_page as western
        where
            western.org_code = child.org_code
            and western.visit_id = child.visit_id
            and western.upload_date <= child.upload_date + $review_days
            and western.modify_flag is distinct from '3'
    )
