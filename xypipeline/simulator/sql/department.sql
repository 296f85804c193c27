-- The hospital's departments; beyond the word list each comes again as a second ward.
-- Grain: one row per department.
with words as (select count(*) as size from word_department)

select
    numbers.dept_no,
    dept_code(numbers.dept_no + 1) as dept_code,
    word.dept_name
    || case
        when numbers.dept_no < words.size then '' else '（' || numbers.dept_no // words.size + 1 || '病区）'
    end
        as dept_name,
    word.std_dept_code,
    word.dept_type_code,
    word.is_tcm as tcm_dept_flag,
    hash(hospital.seed, 'department', 'base', numbers.dept_no) as h
from hospital
cross join words
cross join range(0, hospital.department_count) as numbers (dept_no)
inner join word_department as word on numbers.dept_no % words.size = word.no
order by numbers.dept_no
