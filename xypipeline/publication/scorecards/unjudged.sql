-- Days of the quarter that brought rows and for which the rules across rows were not judged since.
-- Grain: one row per upload date.
select distinct upload_date
from validated.tally
where
    upload_date between $first_day and $as_of
    and upload_date not in (select judged_day.upload_date from validated.judged_day)
order by upload_date
