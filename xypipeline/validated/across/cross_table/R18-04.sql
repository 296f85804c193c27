-- R18-04: the fee category is that of the item in the catalogue of charge items. What is not in it R18-02
-- tells.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.fee_category_code,
        (
            select bool_or(item.fee_category_code = child.fee_category_code)
            from validated.charge_item as item
            where
                item.org_code = child.org_code
                and item.charge_item_code = child.charge_item_code
                and item.upload_date <= child.upload_date + $review_days
                and item.modify_flag is distinct from '3'
        ) as is_same
    from validated.outpatient_fee_detail as child
    where child.upload_date between $first and $last and child.modify_flag is distinct from '3'
)

select
    upload_date,
    org_code,
    path,
    line,
    'fee_category_code' as column_name,
    fee_category_code as value
from judged
where not is_same
