-- The hospital's drugs; beyond the word list each comes again from another producer, at another price.
-- Grain: one row per drug.
with words as (select count(*) as size from word_drug)

select
    numbers.drug_no,
    numbered('YP', numbers.drug_no + 1) as drug_code,
    word.drug_name,
    word.drug_generic_name,
    word.drug_type_code,
    word.dosage_form_code,
    word.drug_spec,
    word.item_unit,
    (word.unit_price::decimal(12, 2) + (numbers.drug_no // words.size % 50) * 0.10)::decimal(12, 2)
        as unit_price,
    word.manufacturer
    || case when numbers.drug_no < words.size then '' else numbers.drug_no // words.size + 1 || '分厂' end
        as manufacturer,
    word.essential_drug_flag,
    word.antibiotic_flag,
    word.dose::decimal(12, 4) as dose,
    word.dose_unit,
    word.frequency_code,
    word.route_code,
    hash(hospital.seed, 'drug_catalog', 'base', numbers.drug_no) as h
from hospital
cross join words
cross join range(0, hospital.drug_count) as numbers (drug_no)
inner join word_drug as word on numbers.drug_no % words.size = word.no
order by numbers.drug_no
