-- Tables that a hospital normally delivers and did not deliver on a day on which it uploaded others, or
-- delivered again after such days. Days of which the hospital as a whole was silent count for no table.
-- Grain: one row per patrolled day from the first day to the last, hospital and table silent or back.
-- Source: docs/scoring.md, clause 11.
with delivery as (
    select distinct
        org_code,
        table_code,
        upload_date
    from validated.tally
    where
        rows_accepted > 0
        and upload_date <= $last_day
),

upload as (
    select distinct
        org_code,
        upload_date
    from delivery
),

watched as (
    select
        org_code,
        table_code,
        min(upload_date) as first_delivery_date
    from delivery
    where list_contains($daily_tables, table_code)
    group by org_code, table_code
),

timeline as (
    select
        watched.org_code,
        watched.table_code,
        upload.upload_date,
        upload.upload_date - date '2000-01-01' as day_number,
        delivery.upload_date as delivery_date,
        coalesce(due.is_expected, false) and due.platform = 'city' as is_expected
    from watched
    inner join upload
        on
            watched.org_code = upload.org_code
            and watched.first_delivery_date <= upload.upload_date
    left join delivery
        on
            watched.org_code = delivery.org_code
            and watched.table_code = delivery.table_code
            and upload.upload_date = delivery.upload_date
    left join scores.patrol_calendar as due
        on
            watched.org_code = due.org_code
            and upload.upload_date = due.patrol_date
),

habit as (
    select
        *,
        is_expected and delivery_date is null as is_missed,
        count(delivery_date) over so_far as deliveries_so_far,
        max(delivery_date) over so_far as last_delivery_date,
        count(*) over history as uploads_before,
        count(delivery_date) over history as deliveries_before
    from timeline
    window
        so_far as (
            partition by org_code, table_code
            order by upload_date
        ),
        history as (
            partition by org_code, table_code
            order by day_number
            range between $history_days preceding and 1 preceding
        )
),

judged as (
    select
        *,
        deliveries_before >= $normal_days
        and 100 * deliveries_before >= $normal_pct * uploads_before as is_normal,
        count_if(is_missed) over (
            partition by org_code, table_code, deliveries_so_far
            order by upload_date
        ) as missed_days
    from habit
),

silence as (
    select
        org_code,
        table_code,
        deliveries_so_far,
        count_if(is_missed) as missed_days,
        min(upload_date) filter (where is_missed) as silent_since
    from judged
    group by org_code, table_code, deliveries_so_far
    having arg_min(is_normal, upload_date) filter (where is_missed)
),

patrolled as (
    select
        *,
        deliveries_so_far - cast(delivery_date is not null as integer) as deliveries_before_silence
    from judged
    where
        upload_date >= $first_day
        and is_expected
)

select
    patrolled.upload_date as patrol_date,
    patrolled.org_code,
    patrolled.table_code,
    patrolled.last_delivery_date,
    case when patrolled.is_missed then silence.silent_since end as silent_since,
    case when patrolled.is_missed then cast(patrolled.missed_days as integer) end as silent_days,
    case when not patrolled.is_missed then cast(silence.missed_days as integer) end as returned_after_days
from patrolled
inner join silence
    on
        patrolled.org_code = silence.org_code
        and patrolled.table_code = silence.table_code
        and patrolled.deliveries_before_silence = silence.deliveries_so_far
order by patrolled.upload_date, patrolled.org_code, patrolled.table_code
