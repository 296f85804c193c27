-- What became of the files that arrived; an archive is told by its members, or by itself if it was refused.
-- Grain: one row per hospital, upload date, table (null: not told by the name), status (null: not read yet)
-- and reason.
with opened_archive as (
    select path
    from landing.arrival
    where
        kind = 'zip'
        and reason is null
),

arrived as (
    select file.*
    from landing.file as file
    anti join opened_archive on file.path = opened_archive.path
)

select
    org_code,
    upload_date,
    table_code,
    status,
    reason,
    count(*) as files
from arrived
where
    org_code in (select unnest($org_codes))
    and upload_date between $first_day and $as_of
group by org_code, upload_date, table_code, status, reason
order by org_code, upload_date, table_code, status, reason
