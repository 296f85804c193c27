-- Deliveries of which even the newest event lies further back than the policy allows.
-- Grain: one row per expected day from the first day to the last and hospital that delivered this table late.
-- Source: docs/scoring.md, clause 11.
with newest as (
    select
        org_code,
        upload_date,
        cast(max(event_date) as date) as newest_event_date
    from delivered_event
    where upload_date between $first_day and $last_day
    group by org_code, upload_date
),

late as (
    select
        *,
        cast(upload_date - newest_event_date as integer) as delay_days
    from newest
    where upload_date - newest_event_date > $delayed_above_days
)

select
    late.upload_date as patrol_date,
    late.org_code,
    late.newest_event_date,
    late.delay_days
from late
inner join scores.patrol_calendar as due
    on
        late.org_code = due.org_code
        and late.upload_date = due.patrol_date
where due.is_expected
order by late.upload_date, late.org_code
