-- G23: of a day's accepted rows at most one in a hundred has a primary key that the day already brought.
-- Two rows alike in all fields have the same key, so they count here, too.
-- Grain: one row per hospital and day.
with counted as (
    select
        child.upload_date,
        child.org_code,
        count(*) as received,
        count(distinct row($key)) as records
    from validated.$table as child
    where child.upload_date between $first and $last
    group by child.upload_date, child.org_code
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    '$column' as column_name,
    (received - records) || '/' || received as value
from counted
where 100 * (received - records) > received
