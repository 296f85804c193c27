-- R18-02: what is charged is in the hospital's catalogue of charge items, or of drugs. Lines of drugs
-- (categories 09, 10, 11) are judged of hospitals that send a drug catalogue, the others of those that send
-- charge items.
-- any of: charge_item, drug_catalog
with listed as (
    select
        org_code,
        charge_item_code,
        false as is_drug,
        min(upload_date) as first_day
    from validated.charge_item
    where modify_flag is distinct from '3'
    group by org_code, charge_item_code
    union all
    select
        org_code,
        drug_code as charge_item_code,
        true as is_drug,
        min(upload_date) as first_day
    from validated.drug_catalog
    where modify_flag is distinct from '3'
    group by org_code, drug_code
)

select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'charge_item_code' as column_name,
    child.charge_item_code as value
from validated.outpatient_fee_detail as child
semi join listed as of_kind
    on
        child.org_code = of_kind.org_code
        and coalesce(child.fee_category_code in ('09', '10', '11'), false) = of_kind.is_drug
anti join listed
    on
        child.org_code = listed.org_code
        and child.charge_item_code = listed.charge_item_code
        and listed.first_day <= child.upload_date + $review_days
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.charge_item_code is not null
