-- G19: a weekly table brings at least one accepted row in each week, Monday to Sunday, since it first came.
-- A week counts once its Sunday is over, if at least one of its days was an expected one on which the
-- register did not excuse the hospital from the table.
-- Grain: one row per hospital and week of silence, on its Sunday.
select
    (date_trunc('week', expected.expected_date) + interval 6 day)::date as upload_date,
    expected.org_code,
    null::varchar as path,
    null::bigint as line,
    null::varchar as column_name,
    '0' as value
from expected
inner join arrived
    on expected.org_code = arrived.org_code and arrived.table_code = '$code'
where
    date_trunc('week', expected.expected_date) > arrived.first_day
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
            and date_trunc('week', received.upload_date) = date_trunc('week', expected.expected_date)
            and received.rows_accepted > 0
    )
group by expected.org_code, date_trunc('week', expected.expected_date)
having date_trunc('week', expected.expected_date) + interval 6 day between $first and $last
