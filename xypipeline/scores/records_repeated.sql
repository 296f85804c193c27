-- Records of one table whose key may occur in several rows, those in `repeated_row`, unless they are revoked,
-- by hospital and by the day on which they were first accepted.
-- The latest version is looked for only of records with a revoking row.
-- Grain: one row per hospital and day with such a record.
-- Source: docs/scoring.md, clauses 2 and 3.
with upload as (
    select accepted.*
    from record_version as accepted
    semi join repeated_row on accepted.row_id = repeated_row.row_id
),

record as (
    select
        org_code,
        record_key,
        min(upload_date) as first_upload_date
    from upload
    group by
        org_code,
        record_key
),

in_question as (
    select distinct record_key
    from upload
    where modify_flag = '3'
),

version as (
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
    record.org_code,
    record.first_upload_date as upload_date,
    count(*) as records_new
from record
anti join revoked on record.record_key = revoked.record_key
group by
    record.org_code,
    record.first_upload_date
