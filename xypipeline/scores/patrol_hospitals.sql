-- Whether each hospital uploaded on each patrolled day, and if not, since when it is silent and with whom.
-- A silence counts the expected days of patrolled days only: a day that nobody looked at is not silent.
-- Grain: one row per patrolled day from the first day to the last and hospital registered on it.
-- Source: docs/scoring.md, clause 11.
with upload as (
    select distinct
        org_code,
        upload_date
    from validated.tally
    where
        rows_accepted > 0
        and upload_date <= $last_day
),

due as (
    select
        patrol_date,
        org_code,
        platform,
        is_expected
    from scores.patrol_calendar
    where patrol_date <= $last_day
),

timeline as (
    select
        due.patrol_date,
        due.platform,
        upload.upload_date,
        coalesce(due.org_code, upload.org_code) as org_code,
        coalesce(due.patrol_date, upload.upload_date) as on_date,
        coalesce(due.patrol_date, upload.upload_date) - date '2000-01-01' as day_number,
        coalesce(due.is_expected, false) as is_expected,
        coalesce(due.is_expected, false) and upload.upload_date is null as is_missed,
        coalesce(due.is_expected, false) and upload.upload_date is not null as is_met
    from due
    full join upload
        on
            due.org_code = upload.org_code
            and due.patrol_date = upload.upload_date
),

habit as (
    select
        *,
        count(upload_date) over so_far as uploads_so_far,
        max(upload_date) over so_far as last_upload_date,
        count_if(is_expected) over history as expected_before,
        count_if(is_met) over history as met_before
    from timeline
    window
        so_far as (
            partition by org_code
            order by on_date
        ),
        history as (
            partition by org_code
            order by day_number
            range between $history_days preceding and 1 preceding
        )
),

judged as (
    select
        *,
        met_before >= $normal_days and 100 * met_before >= $normal_pct * expected_before as is_normal,
        count_if(is_missed) over (
            partition by org_code, uploads_so_far
            order by on_date
        ) as missed_days
    from habit
),

normal_on as (
    select
        on_date,
        count_if(is_expected and is_normal) as hospitals
    from judged
    group by on_date
),

run as (
    select
        org_code,
        uploads_so_far,
        cast(count_if(is_missed) as integer) as missed_days,
        min(on_date) filter (where is_missed) as silent_since,
        arg_min(is_normal, on_date) filter (where is_missed) as was_normal
    from judged
    group by org_code, uploads_so_far
),

seen as (
    select
        judged.patrol_date,
        judged.org_code,
        judged.last_upload_date,
        judged.upload_date is not null and judged.uploads_so_far = 1 as is_first_upload,
        case
            when judged.platform is null then 'unconnected'
            when judged.platform = 'province' then 'province'
            when judged.upload_date is not null then 'uploaded'
            when not judged.is_expected then 'not_expected'
            when judged.uploads_so_far = 0 then 'never_uploaded'
            else 'silent'
        end as state,
        judged.missed_days,
        run.silent_since,
        run.was_normal,
        case when judged.uploads_so_far > 1 then earlier.missed_days end as missed_before
    from judged
    inner join run
        on
            judged.org_code = run.org_code
            and judged.uploads_so_far = run.uploads_so_far
    left join run as earlier
        on
            judged.org_code = earlier.org_code
            and judged.uploads_so_far - 1 = earlier.uploads_so_far
),

patrolled as (
    select *
    from seen
    where patrol_date >= $first_day
),

together as (
    select
        patrol_date,
        silent_since,
        count_if(was_normal) as hospitals
    from patrolled
    where state = 'silent'
    group by patrol_date, silent_since
),

share as (
    select
        together.patrol_date,
        together.silent_since,
        together.hospitals,
        normal_on.hospitals as normal_hospitals
    from together
    inner join normal_on on together.silent_since = normal_on.on_date
),

cause as (
    select
        patrol_date,
        silent_since,
        case
            when hospitals >= $platform_hospitals and 100 * hospitals >= $platform_pct * normal_hospitals
                then 'platform'
            else 'hospital'
        end as silence
    from share
)

select
    patrolled.patrol_date,
    patrolled.org_code,
    patrolled.state,
    patrolled.last_upload_date,
    cast(patrolled.patrol_date - patrolled.last_upload_date as integer) as days_since_last_upload,
    cause.silence,
    cause.silent_since,
    case when cause.silence is not null then cast(patrolled.missed_days as integer) end as silent_days,
    case when patrolled.state = 'uploaded' then nullif(patrolled.missed_before, 0) end as returned_after_days,
    patrolled.state = 'uploaded' and patrolled.is_first_upload as is_first_upload
from patrolled
left join cause
    on
        patrolled.state = 'silent'
        and patrolled.patrol_date = cause.patrol_date
        and patrolled.silent_since = cause.silent_since
order by patrolled.patrol_date, patrolled.org_code
