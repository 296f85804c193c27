-- The uploads of some days as the last run found them, and those that belong to no day.
-- Grain: one row per file seen, and one per member of an archive.
select
    path,
    sha256,
    reason
from landing.arrival
where
    upload_date is null
    or upload_date between $first and $last
order by path
