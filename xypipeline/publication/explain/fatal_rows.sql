-- Fatal rows by the rules that made them so: each row once, so that they add up to the ledger's rows_fatal.
-- Grain: one row per hospital, upload date, table and set of rules.
with fatal_row as (
    select
        org_code,
        upload_date,
        table_code,
        path,
        line,
        string_agg(distinct rule_id, ',' order by rule_id) as rule_ids
    from validated.finding
    where
        severity = 'fatal'
        and org_code in (select unnest($org_codes))
        and upload_date between $first_day and $as_of
    group by org_code, upload_date, table_code, path, line
)

select
    org_code,
    upload_date,
    table_code,
    rule_ids,
    count(*) as fatal_rows
from fatal_row
group by org_code, upload_date, table_code, rule_ids
order by org_code, upload_date, table_code, rule_ids
