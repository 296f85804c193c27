-- Breaches of one rule as findings. Grain: one row per breach.
insert into validated.finding by name
select
    breach.upload_date,
    breach.org_code,
    $table_code::varchar as table_code,
    breach.path,
    breach.line,
    breach.column_name,
    $rule_id::varchar as rule_id,
    $severity::varchar as severity,
    shown(breach.value) as value_masked
from ($breaches) as breach
where $judged
