-- R25-01: from one progress note to the next it is at most 3 days, 2 under special or first-class nursing.
-- Days of the calendar. The note before is any of the progress: first, daily, or of a ward round. The closer
-- limit holds where the nursing records between the two notes all say special (1) or first class (2).
-- any of: daily_progress_note, first_progress_note, ward_round_note, nursing_record
with note as (
    select
        org_code,
        visit_id,
        record_time,
        upload_date
    from validated.daily_progress_note
    where modify_flag is distinct from '3'
    union all
    select
        org_code,
        visit_id,
        record_time,
        upload_date
    from validated.first_progress_note
    where modify_flag is distinct from '3'
    union all
    select
        org_code,
        visit_id,
        round_time as record_time,
        upload_date
    from validated.ward_round_note
    where modify_flag is distinct from '3'
),

followed as (
    select
        child.upload_date,
        child.org_code,
        child.visit_id,
        child.path,
        child.line,
        child.record_time,
        max(note.record_time) as previous_time
    from validated.daily_progress_note as child
    inner join note
        on
            child.org_code = note.org_code
            and child.visit_id = note.visit_id
            and child.record_time > note.record_time
            and child.upload_date + $review_days >= note.upload_date
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
    group by all
    having child.record_time::date - max(note.record_time)::date > 2
),

nursed as (
    select
        followed.upload_date,
        followed.org_code,
        followed.path,
        followed.line,
        followed.record_time,
        followed.previous_time,
        bool_and(nursing.nursing_level_code in ('1', '2')) as is_closely_nursed
    from followed
    left join validated.nursing_record as nursing
        on
            followed.org_code = nursing.org_code
            and followed.visit_id = nursing.visit_id
            and nursing.record_time between followed.previous_time and followed.record_time
            and followed.upload_date + $review_days >= nursing.upload_date
            and nursing.modify_flag is distinct from '3'
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'record_time' as column_name,
    record_time::varchar as value
from nursed
where is_closely_nursed or record_time::date - previous_time::date > 3
