-- The files whose rows are in quarantine; no hospital or table given means any.
-- Grain: one row per file and table. held_rows: rows in quarantine; unparsable_rows: those of them that were
-- never read, so that no rule can judge them again.
select
    upload_date,
    org_code,
    table_code,
    path,
    count(distinct line) as held_rows,
    count(distinct line) filter (where is_unparsable) as unparsable_rows,
    min(line) as first_line
from fatal_finding
where
    upload_date between $first and $last
    and coalesce($org_code = org_code, true)
    and coalesce($table_code = table_code, true)
group by
    upload_date,
    org_code,
    table_code,
    path
order by
    upload_date,
    org_code,
    table_code,
    path
