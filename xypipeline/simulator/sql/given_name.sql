-- Given names, numbered within each sex.
-- Grain: one row per name.
select
    sex_code,
    row_number() over (partition by sex_code order by no) - 1 as choice_no,
    given_name
from word_given_name
order by
    sex_code,
    choice_no
