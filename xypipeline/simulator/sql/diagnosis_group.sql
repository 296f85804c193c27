-- How many diagnoses fit a sex and age band.
-- Grain: one row per sex and age band.
select
    sex_code,
    age_band,
    count(*) as choices
from diagnosis_choice
group by
    sex_code,
    age_band
order by
    sex_code,
    age_band
