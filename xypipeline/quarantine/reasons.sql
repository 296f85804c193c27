-- How many rows are in quarantine for which reason; no hospital or table given means any.
-- Grain: one row per hospital, table, rule, column and intake's remark; a row with two reasons is in two.
select
    org_code,
    table_code,
    rule_id,
    column_name,
    detail,
    count(*) as held_rows
from fatal_finding
where
    upload_date between $first and $last
    and coalesce($org_code = org_code, true)
    and coalesce($table_code = table_code, true)
group by
    org_code,
    table_code,
    rule_id,
    column_name,
    detail
order by
    org_code,
    table_code,
    rule_id,
    column_name,
    detail
