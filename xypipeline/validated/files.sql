-- The files of one table that were read, or tried to be, in the days; also those without a row.
-- Grain: one row per file.
select
    path,
    upload_date,
    org_code
from raw.reading
where
    table_code = $table_code
    and upload_date between $first and $last
order by
    upload_date,
    path
