-- Breaches of one rule as findings, of each hospital from the day since which the rule is judged of it.
-- Grain: one row per breach.
insert into found by name
with judged_hospital as (
    select
        unnest($hospitals::varchar[]) as org_code,
        unnest($first_days::date[]) as first_day
),

judged_breach as (
    select
        breach.upload_date,
        breach.org_code,
        breach.path,
        breach.line,
        breach.column_name,
        breach.value
    from ($breaches) as breach
    semi join judged_hospital
        on
            breach.org_code = judged_hospital.org_code
            and breach.upload_date >= judged_hospital.first_day
)

select
    $query_no::integer as query_no,
    upload_date,
    org_code,
    $table_code::varchar as table_code,
    path,
    line,
    column_name,
    $rule_id::varchar as rule_id,
    $severity::varchar as severity,
    shown(value) as value_masked
from judged_breach
