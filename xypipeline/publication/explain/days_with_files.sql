-- The days on which any hospital of the city delivered a file: on others the platform may have stood still.
-- Grain: one row per day.
select distinct upload_date
from landing.arrival
where upload_date between $first_day and $as_of
order by upload_date
