-- What was taken in of some days so far.
-- Grain: one row per file seen, and one per member of an archive.
select
    upload_date,
    path,
    org_code,
    table_code,
    sha256
from landing.arrival
where upload_date between $first and $last
order by path
