-- Laboratory panels in the word list's order.
-- Grain: one row per panel.
select
    row_number() over (order by min(no)) - 1 as panel_no,
    panel,
    lab_category_code,
    specimen_name,
    count(*) as items
from word_lab_item
group by
    panel,
    lab_category_code,
    specimen_name
order by panel_no
