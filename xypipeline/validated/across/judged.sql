-- Notes that the rules across rows were judged for some days. Grain: one row per upload date.
insert or replace into validated.judged_day
select
    day.upload_date::date as upload_date,
    $standard_version::varchar as standard_version
from generate_series($first::date, $last::date, interval 1 day) as day (upload_date)
