-- The days on which a table's files brought at least one row that could be parsed, as their reading counted.
-- Grain: one row per table and day.
with unparsable as (
    select
        table_code,
        upload_date,
        count(*) as lines
    from raw.defect
    where
        rule_id = 'I01'
        and upload_date between $first and $last
    group by
        table_code,
        upload_date
),

received as (
    select
        table_code,
        upload_date,
        sum(rows_received) as lines
    from raw.reading
    where
        not is_refused
        and upload_date between $first and $last
    group by
        table_code,
        upload_date
)

select
    received.table_code,
    received.upload_date
from received
left join unparsable
    on
        received.table_code = unparsable.table_code
        and received.upload_date = unparsable.upload_date
where received.lines > coalesce(unparsable.lines, 0)
order by
    received.table_code,
    received.upload_date
