-- Laboratory items by their place in their panel.
-- Grain: one row per item.
select
    lab_panel.panel_no,
    row_number() over (partition by lab_panel.panel_no order by word_lab_item.no) - 1 as item_no,
    word_lab_item.lab_item_code,
    word_lab_item.lab_item_name,
    word_lab_item.loinc_code,
    word_lab_item.result_unit,
    word_lab_item.low::decimal(12, 2) as low,
    word_lab_item.high::decimal(12, 2) as high,
    word_lab_item.decimals::integer as decimals,
    word_lab_item.low || '--' || word_lab_item.high as reference_range
from word_lab_item
inner join lab_panel on word_lab_item.panel = lab_panel.panel
order by
    lab_panel.panel_no,
    item_no
