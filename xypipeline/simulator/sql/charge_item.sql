-- The hospital's charge items; beyond the word list each comes again as a further specification.
-- Grain: one row per charge item.
with words as (select count(*) as size from word_charge_item)

select
    numbers.charge_item_no,
    numbered('XM', numbers.charge_item_no + 1) as charge_item_code,
    word.charge_item_name
    || case
        when numbers.charge_item_no < words.size then ''
        else '（规格' || numbers.charge_item_no // words.size + 1 || '）'
    end as charge_item_name,
    word.fee_category_code,
    word.item_unit,
    (word.unit_price::decimal(12, 2) + (numbers.charge_item_no // words.size % 40) * 0.50)::decimal(12, 2)
        as unit_price,
    hash(hospital.seed, 'charge_item', 'base', numbers.charge_item_no) as h
from hospital
cross join words
cross join range(0, hospital.charge_item_count) as numbers (charge_item_no)
inner join word_charge_item as word on numbers.charge_item_no % words.size = word.no
order by numbers.charge_item_no
