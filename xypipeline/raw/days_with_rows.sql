-- The days on which a table's files brought at least one row that could be parsed, as their reading counted.
-- Grain: one row per day.
with unparsable as (
    select
        upload_date,
        count(*) as lines
    from raw.defect
    where
        table_code = $table_code
        and rule_id = 'I01'
        and upload_date between $first and $last
    group by upload_date
),

received as (
    select
        upload_date,
        sum(rows_received) as lines
    from raw.reading
    where
        table_code = $table_code
        and not is_refused
        and upload_date between $first and $last
    group by upload_date
)

select received.upload_date
from received
left join unparsable on received.upload_date = unparsable.upload_date
where received.lines > coalesce(unparsable.lines, 0)
order by received.upload_date
