-- Every reason for which a row is in quarantine; no hospital or table given means any.
-- Grain: one row per fatal finding.
select
    upload_date,
    org_code,
    table_code,
    path,
    line,
    rule_id,
    column_name,
    value_masked,
    detail,
    is_unparsable
from fatal_finding
where
    upload_date between $first and $last
    and coalesce($org_code = org_code, true)
    and coalesce($table_code = table_code, true)
order by
    upload_date,
    org_code,
    table_code,
    path,
    line,
    rule_id,
    column_name
