-- The quarter's findings, counted, with the latest of them as examples; their values are masked already.
-- Grain: one row per hospital, rule, severity, table and column with a finding.
select
    org_code,
    rule_id,
    severity,
    table_code,
    column_name,
    count(*) as findings,
    min(
        struct_pack(
            days_ago := date_diff('day', upload_date, $as_of),
            -- A finding about a whole day is in no file.
            path := coalesce(path, strftime(upload_date, '%Y-%m-%d') || ' 全天'),
            line := line,
            value_masked := value_masked
        ),
        $examples
    ) as examples
from validated.finding
where upload_date between $first_day and $as_of
group by org_code, rule_id, severity, table_code, column_name
order by org_code, rule_id, severity, table_code, column_name
