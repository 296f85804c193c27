-- What was found, as findings, in the order of the rules. Grain: one row per breach.
insert into validated.finding by name
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
from found
order by query_no, rowid
