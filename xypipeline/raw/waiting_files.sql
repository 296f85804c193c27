-- The files of one table that were accepted at the door, in the order in which their rows are stored.
-- Grain: one row per file or member of an archive.
select
    path,
    upload_date,
    org_code,
    kind,
    bytes
from landing.arrival
where
    table_code = $table_code
    and kind <> 'zip'
    and reason is null
    and upload_date between $first and $last
order by upload_date, path
