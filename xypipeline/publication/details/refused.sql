-- The files of which nothing could be read: the latest of each hospital, with the number of all.
-- Grain: one row per file shown; a file whose hospital is unknown belongs to none.
select
    org_code,
    upload_date,
    path,
    reason,
    count(*) over (partition by org_code) as refused_count
from landing.file
where
    status = 'refused'
    and org_code is not null
    and upload_date between $first_day and $as_of
qualify row_number() over (partition by org_code order by upload_date desc, path asc) <= $shown
order by org_code asc, upload_date desc, path asc
