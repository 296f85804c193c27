-- What each outpatient charge comes to: the sum of its fee lines, or made up where no lines are uploaded.
-- Grain: one row per outpatient charge.
with line as (
    select
        fee.parent_no as charge_no,
        item.fee_category_code,
        amount_of(item.unit_price, fee_quantity(fee.h)) as amount
    from skeleton('outpatient_fee_detail', 0, 999) as fee
    inner join charge_item as item
        on outpatient_item_of(fee.h, fee.sequence, fee.encounter_key) = item.charge_item_no
)

select
    charge.row_no as charge_no,
    charge.encounter_key,
    charge.day_no,
    coalesce(sum(line.amount), any_value(10 + draw(charge.h, 41, 300)))::decimal(12, 2) as total_amount,
    coalesce(sum(line.amount) filter (where line.fee_category_code in ('09', '10', '11')), 0)::decimal(12, 2)
        as drug_amount,
    coalesce(sum(line.amount) filter (where line.fee_category_code = '08'), 0)::decimal(12, 2)
        as material_amount,
    coalesce(sum(line.amount) filter (where line.fee_category_code = '03'), 0)::decimal(12, 2) as exam_amount,
    coalesce(sum(line.amount) filter (where line.fee_category_code = '04'), 0)::decimal(12, 2) as lab_amount
from skeleton('outpatient_charge', 0, 999) as charge
left join line on charge.row_no = line.charge_no
group by
    charge.row_no,
    charge.encounter_key,
    charge.day_no
order by charge_no
