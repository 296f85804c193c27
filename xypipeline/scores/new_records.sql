-- Records of one hospital and table that are not revoked, by the day on which they were first accepted.
-- Nearly every key occurs once and is never revoked, so each key's first day is found cheaply for all, and
-- the latest version only for the few keys with a revoking row.
-- Grain: one row per day with a new record.
-- Source: docs/scoring.md, clauses 2 and 3.
with upload as not materialized (
    select
        record_key,
        upload_date,
        path,
        line,
        update_time,
        modify_flag
    from record_version
    where
        org_code = $org_code
        and upload_date between $first_day and $last_day
),

record as not materialized (
    select
        record_key,
        min(upload_date) as first_upload_date
    from upload
    group by record_key
),

in_question as (
    select distinct record_key
    from upload
    where modify_flag = '3'
),

version as not materialized (
    select
        upload.record_key,
        upload.modify_flag,
        row_number() over (
            partition by upload.record_key
            order by
                upload.update_time desc nulls last,
                upload.upload_date desc,
                upload.path desc,
                upload.line desc
        ) as age
    from upload
    semi join in_question on upload.record_key = in_question.record_key
),

revoked as (
    select record_key
    from version
    where
        age = 1
        and modify_flag = '3'
)

select
    record.first_upload_date as upload_date,
    count(*) as records_new
from record
anti join revoked on record.record_key = revoked.record_key
group by record.first_upload_date
order by record.first_upload_date
