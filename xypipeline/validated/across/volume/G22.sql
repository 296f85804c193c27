-- G22: a day's accepted rows are at most three times the median of its weekday in the four weeks before.
-- Judged where the table came for at least four weeks and the median is 20 or more; a day without rows is 0
-- in the median, and is itself what G18 looks at. Grain: one row per hospital and day.
with received as (
    select
        org_code,
        upload_date,
        sum(rows_accepted) as rows
    from validated.tally
    where
        table_code = '$code'
        and upload_date between $first::date - 28 and $last
    group by org_code, upload_date
),

earlier as (
    select
        today.org_code,
        today.upload_date,
        coalesce(before.rows, 0) as rows
    from received as today
    cross join range(1, 5) as week (weeks)
    inner join arrived
        on
            today.org_code = arrived.org_code
            and arrived.table_code = '$code'
            and arrived.first_day <= today.upload_date - 28
    left join received as before
        on
            today.org_code = before.org_code
            and before.upload_date = today.upload_date - (7 * week.weeks)::integer
    where today.upload_date between $first and $last
),

usual as (
    select
        org_code,
        upload_date,
        median(rows)::decimal(18, 1) as middle
    from earlier
    group by org_code, upload_date
)

select
    received.upload_date,
    received.org_code,
    null::varchar as path,
    null::bigint as line,
    null::varchar as column_name,
    received.rows || '/' || usual.middle as value
from received
inner join usual
    on received.org_code = usual.org_code and received.upload_date = usual.upload_date
where
    usual.middle >= 20
    and received.rows > 0
    and received.rows > 3 * usual.middle
