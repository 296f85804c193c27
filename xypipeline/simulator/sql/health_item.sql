-- Items of a health examination with their limits as numbers.
-- Grain: one row per item.
select
    no,
    health_item_group,
    health_item_code,
    health_item_name,
    result_unit,
    low as low_text,
    high as high_text,
    low::decimal(12, 2) as low,
    high::decimal(12, 2) as high,
    decimals::integer as decimals
from word_health_item
order by no
