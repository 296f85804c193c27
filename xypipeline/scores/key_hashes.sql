-- A hash of the key of each accepted row, and where the row lies.
-- Grain: one row per accepted row.
select
    row_id,
    key_hash
from record_version
where upload_date between $first_day and $last_day
