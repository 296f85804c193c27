-- Lines that could not be parsed and columns that the standard does not know, as the raw stage met them.
-- Grain: one row per defect of one table in the days. The line's content stays in raw: it may name a person.
select
    upload_date,
    org_code,
    table_code,
    path,
    line,
    column_name,
    rule_id,
    cast(null as varchar) as severity,
    cast(null as varchar) as value_masked
from raw.defect
where
    table_code = $table_code
    and upload_date between $first and $last
order by
    upload_date,
    org_code,
    path,
    line,
    column_name,
    rule_id
