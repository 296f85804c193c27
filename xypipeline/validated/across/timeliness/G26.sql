-- G26: a dictionary arrives at least once in each calendar month, since the month after it first came.
-- A month counts once it is over, if one of its days was an expected one on which the register did not
-- excuse the hospital from the table.
-- Grain: one row per hospital and month without it, on the month's last day.
select
    last_day(expected.expected_date) as upload_date,
    expected.org_code,
    null::varchar as path,
    null::bigint as line,
    null::varchar as column_name,
    '0' as value
from expected
inner join arrived
    on expected.org_code = arrived.org_code and arrived.table_code = '$code'
where
    date_trunc('month', expected.expected_date) > arrived.first_day
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
            and date_trunc('month', received.upload_date) = date_trunc('month', expected.expected_date)
            and received.rows_accepted > 0
    )
group by expected.org_code, last_day(expected.expected_date)
having last_day(expected.expected_date) between $first and $last
