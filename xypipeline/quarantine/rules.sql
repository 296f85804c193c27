-- How many rows are in quarantine by which rule; no hospital or table given means any.
-- Grain: one row per rule. A row that breaks two rules counts for both, one that breaks a rule twice once.
with held as (
    select distinct
        rule_id,
        table_code,
        path,
        line
    from fatal_finding
    where
        upload_date between $first and $last
        and coalesce($org_code = org_code, true)
        and coalesce($table_code = table_code, true)
)

select
    rule_id,
    count(*) as held_rows
from held
group by rule_id
order by held_rows desc, rule_id asc
