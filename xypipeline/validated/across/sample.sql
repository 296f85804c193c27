-- Examples of what some rules found in some days: the first finding of each rule, errors before warnings.
with numbered as (
    select
        upload_date,
        org_code,
        table_code,
        path,
        line,
        column_name,
        rule_id,
        severity,
        value_masked,
        row_number() over (
            partition by rule_id order by upload_date, org_code, path, line, column_name
        ) as finding_no
    from validated.finding
    where
        upload_date between $first and $last
        and list_contains($rule_ids, rule_id)
)

select
    upload_date,
    org_code,
    table_code,
    path,
    line,
    column_name,
    rule_id,
    severity,
    value_masked
from numbered
where finding_no = 1
order by severity, rule_id
limit 10
