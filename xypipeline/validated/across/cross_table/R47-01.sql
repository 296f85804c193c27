-- R47-01: the nursing level is that of an order in force on the day of the record. Such an order is one whose
-- name says a level; a long-term one (class 1) is in force from the day it is given until the day it is
-- stopped, another one on the day it is given. Of each order the latest version counts, unless that is void
-- (5). A day on which no such order is in force is not judged.
with ordered as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.record_time::date as record_date,
        child.nursing_level_code,
        placed.order_id,
        placed.order_class_code,
        placed.order_status_code,
        placed.order_time::date as begin_date,
        placed.stop_time::date as stop_date,
        placed.modify_flag,
        case
            when regexp_matches(placed.order_item_name, '特级护理|特护') then '1'
            when regexp_matches(placed.order_item_name, '(三|Ⅲ|III|3) ?级护理') then '4'
            when regexp_matches(placed.order_item_name, '(二|Ⅱ|II|2) ?级护理') then '3'
            when regexp_matches(placed.order_item_name, '(一|Ⅰ|I|1) ?级护理') then '2'
        end as ordered_level
    from validated.nursing_record as child
    inner join validated.inpatient_order as placed
        on
            child.org_code = placed.org_code
            and child.visit_id = placed.visit_id
            and child.upload_date + $review_days >= placed.upload_date
            and (contains(placed.order_item_name, '级护理') or contains(placed.order_item_name, '特护'))
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
    qualify
        row_number() over (
            partition by child.upload_date, child.path, child.line, placed.order_id
            order by
                placed.update_time desc nulls last,
                placed.upload_date desc,
                placed.path desc,
                placed.line desc
        ) = 1
)

select
    upload_date,
    org_code,
    path,
    line,
    'nursing_level_code' as column_name,
    nursing_level_code as value
from ordered
where
    modify_flag is distinct from '3'
    and order_status_code is distinct from '5'
    and record_date between begin_date and coalesce(
        stop_date, case order_class_code when '1' then record_date else begin_date end
    )
group by upload_date, org_code, path, line, nursing_level_code
having bool_or(nursing_level_code = ordered_level) is false
