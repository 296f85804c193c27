-- Diagnoses that fit a sex and age band, numbered within it.
-- Grain: one row per sex, age band and diagnosis.
select
    sex.sex_code,
    diagnosis.age_band,
    row_number() over (partition by sex.sex_code, diagnosis.age_band order by diagnosis.no) - 1 as choice_no,
    count(*) over (partition by sex.sex_code, diagnosis.age_band) as choices,
    diagnosis.diag_code,
    diagnosis.diag_name,
    diagnosis.complaint,
    diagnosis.symptom
from word_diagnosis as diagnosis
cross join (values ('1'), ('2')) as sex (sex_code)
where diagnosis.sex_code is null or diagnosis.sex_code = sex.sex_code
order by
    sex.sex_code,
    diagnosis.age_band,
    choice_no
