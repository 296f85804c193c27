-- The accepted rows whose key has a hash that occurs again.
-- Grain: one row per such row.
with accepted as not materialized (
    select *
    from record_version
    where upload_date between $first_day and $last_day
)

select accepted.row_id
from accepted
semi join repeated_hash on accepted.key_hash = repeated_hash.key_hash
