-- Rules that could not be computed for some day of the quarter. Grain: one row per table and rule.
select distinct
    table_code,
    rule_id
from validated.rule_error
where first_day <= $as_of and last_day >= $first_day
order by table_code, rule_id
