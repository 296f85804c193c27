-- R18-03: the unit price charged differs from that of the catalogue (charge items, or drugs) by at most 5 %
-- of the latter. Any price that the catalogue has had will do; what it does not price (0) is not compared,
-- and what is not in it R18-02 tells.
-- any of: charge_item, drug_catalog
with listed as (
    select
        upload_date,
        org_code,
        charge_item_code,
        unit_price
    from validated.charge_item
    where modify_flag is distinct from '3' and unit_price > 0
    union all
    select
        upload_date,
        org_code,
        drug_code as charge_item_code,
        unit_price
    from validated.drug_catalog
    where modify_flag is distinct from '3' and unit_price > 0
),

charged as (
    select distinct
        upload_date,
        org_code,
        charge_item_code,
        unit_price
    from validated.outpatient_fee_detail
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

wrong as (
    select
        charged.upload_date,
        charged.org_code,
        charged.charge_item_code,
        charged.unit_price
    from charged
    inner join listed
        on
            charged.org_code = listed.org_code
            and charged.charge_item_code = listed.charge_item_code
            and listed.upload_date <= charged.upload_date + $review_days
    group by charged.upload_date, charged.org_code, charged.charge_item_code, charged.unit_price
    having bool_and(abs(charged.unit_price - listed.unit_price) * 100 > listed.unit_price * 5)
)

select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'unit_price' as column_name,
    child.unit_price::varchar as value
from validated.outpatient_fee_detail as child
inner join wrong
    on
        child.upload_date = wrong.upload_date
        and child.org_code = wrong.org_code
        and child.charge_item_code = wrong.charge_item_code
        and child.unit_price = wrong.unit_price
where child.modify_flag is distinct from '3'
