-- A hash of the key of each accepted row, in any order.
-- Grain: one row per accepted row.
select key_hash
from record_version
where upload_date between $first_day and $last_day
