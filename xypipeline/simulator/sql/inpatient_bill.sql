-- What each stay comes to: the sum of its fee lines, or made up where no lines are uploaded.
-- Grain: one row per stay.
with line as (
    select
        fee.encounter_key,
        item.fee_category_code,
        amount_of(item.unit_price, fee_quantity(fee.h)) as amount
    from skeleton('inpatient_fee_detail', 0, 999) as fee
    inner join charge_item as item on charge_item_of(fee.h) = item.charge_item_no
)

select
    stay.encounter_key,
    coalesce(sum(line.amount), any_value(800 + draw(stay.h, 42, 9000)))::decimal(12, 2) as total_amount,
    coalesce(sum(line.amount) filter (where line.fee_category_code in ('09', '10', '11')), 0)::decimal(12, 2)
        as drug_amount,
    coalesce(sum(line.amount) filter (where line.fee_category_code = '08'), 0)::decimal(12, 2)
        as material_amount,
    coalesce(sum(line.amount) filter (where line.fee_category_code = '03'), 0)::decimal(12, 2) as exam_amount,
    coalesce(sum(line.amount) filter (where line.fee_category_code = '04'), 0)::decimal(12, 2) as lab_amount
from skeleton('inpatient_admission', 0, 999) as stay
left join line on stay.encounter_key = line.encounter_key
group by stay.encounter_key
order by stay.encounter_key
