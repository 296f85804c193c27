-- Findings of some rules in some days, counted. Grain: one row per hospital, rule, table and severity.
select
    org_code,
    rule_id,
    table_code,
    severity,
    count(*) as breaches
from validated.finding
where
    upload_date between $first and $last
    and list_contains($rule_ids, rule_id)
group by org_code, rule_id, table_code, severity
