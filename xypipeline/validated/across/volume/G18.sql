-- G18: a daily table brings at least one accepted row on each expected day since it first came, unless
-- the register excuses the hospital from it on that day.
-- Grain: one row per hospital and day of silence.
select
    expected.expected_date as upload_date,
    expected.org_code,
    null::varchar as path,
    null::bigint as line,
    null::varchar as column_name,
    '0' as value
from expected
inner join arrived
    on expected.org_code = arrived.org_code and arrived.table_code = '$code'
where
    expected.expected_date between $first and $last
    and expected.expected_date > arrived.first_day
    and not exists (
        select 1
        from excused
        where
            excused.org_code = expected.org_code
            and excused.table_code = '$code'
            and excused.excused_date = expected.expected_date
    )
    and not exists (
        select 1
        from validated.tally as received
        where
            received.table_code = '$code'
            and received.org_code = expected.org_code
            and received.upload_date = expected.expected_date
            and received.rows_accepted > 0
    )
