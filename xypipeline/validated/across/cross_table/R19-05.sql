-- R19-05: the order that a fee arises from exists.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'order_id' as column_name,
    child.order_id as value
from validated.inpatient_fee_detail as child
anti join validated.inpatient_order as placed
    on
        child.org_code = placed.org_code
        and child.order_id = placed.order_id
        and placed.upload_date <= child.upload_date + $review_days
        and placed.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.order_id is not null
