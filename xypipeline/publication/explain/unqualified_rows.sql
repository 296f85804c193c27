-- Accepted rows that break a rule of severity error; a row that breaks two is counted with each.
-- Grain: one row per hospital, table and rule.
with breach as (
    select
        org_code,
        table_code,
        path,
        line,
        rule_id,
        bool_or(severity = 'error') as is_error,
        bool_or(bool_or(severity = 'fatal')) over (partition by org_code, table_code, path, line) as is_fatal
    from validated.finding
    where
        severity in ('error', 'fatal')
        and org_code in (select unnest($org_codes))
        and upload_date between $first_day and $as_of
    group by org_code, table_code, path, line, rule_id
)

select
    org_code,
    table_code,
    rule_id,
    count(*) as unqualified_rows
from breach
where
    is_error
    and not is_fatal
group by org_code, table_code, rule_id
order by org_code, table_code, rule_id
