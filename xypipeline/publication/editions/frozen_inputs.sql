-- The files that a quarter's figures rest on, as they are frozen: refused files, too.
-- Grain: one row per file of the days up to the cut-off day, and one per member of an archive.
select
    path,
    sha256,
    bytes,
    status,
    upload_date,
    org_code,
    table_code
from landing.file
where upload_date between $first_day and $as_of
order by path
