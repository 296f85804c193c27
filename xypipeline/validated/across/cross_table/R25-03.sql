-- R25-03: a note does not repeat the text of the stay's note before it, taken in its latest version.
-- The text is a patient's, so it is not shown.
with followed as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.progress_content,
        arg_max(
            earlier.progress_content,
            row(earlier.record_time, earlier.record_id, earlier.upload_date, earlier.line)
        ) as previous_content
    from validated.daily_progress_note as child
    inner join validated.daily_progress_note as earlier
        on
            child.org_code = earlier.org_code
            and child.visit_id = earlier.visit_id
            and child.record_id <> earlier.record_id
            and (
                child.record_time > earlier.record_time
                or (child.record_time = earlier.record_time and child.record_id > earlier.record_id)
            )
            and child.upload_date + $review_days >= earlier.upload_date
            and earlier.modify_flag is distinct from '3'
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'progress_content' as column_name,
    null::varchar as value
from followed
where progress_content = previous_content
