-- The quarter's findings, counted, with those of its last seven days and of the seven days before.
-- Grain: one row per hospital, table, rule, severity and column with a finding.
select
    org_code,
    table_code,
    rule_id,
    severity,
    column_name,
    count(*) as found,
    count(*) filter (where upload_date > $as_of::date - 7) as this_week,
    count(*) filter (where upload_date between $as_of::date - 13 and $as_of::date - 7) as week_before
from validated.finding
where upload_date between $first_day and $as_of and list_contains($tables::varchar[], table_code)
group by org_code, table_code, rule_id, severity, column_name
order by org_code, table_code, rule_id, severity, column_name
