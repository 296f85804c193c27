-- The hospital's staff: doctors first, then nurses, then technicians.
-- Grain: one row per person.
with person as (
    select
        numbers.staff_no,
        hash(hospital.seed, 'staff', 'base', numbers.staff_no) as h,
        case
            when numbers.staff_no < hospital.doctor_count then 'doctor'
            when numbers.staff_no < hospital.doctor_count + hospital.nurse_count then 'nurse'
            else 'technician'
        end as profession,
        hospital.*
    from hospital
    cross join range(0, hospital.staff_count) as numbers (staff_no)
),

described as (
    select
        *,
        case profession
            when 'nurse' then '2'
            else choose(h, 1, ['1', '2'])
        end as sex_code,
        (quarter_first - (24 * 365 + draw(h, 2, 34 * 365))::integer) as birth_date
    from person
)

select
    described.staff_no,
    staff_id(described.staff_no + 1) as staff_id,
    surname.surname || given_name.given_name as staff_name,
    described.profession,
    described.sex_code,
    described.birth_date,
    with_id_card_check_digit(
        '411500' || strftime(described.birth_date, '%Y%m%d')
        || (10 + draw(described.h, 5, 90))
        || (2 * draw(described.h, 6, 5) + (described.sex_code = '1')::integer)
    ) as id_no,
    dept_code(1 + described.staff_no % described.department_count) as dept_code,
    described.h
from described
inner join word_surname as surname on draw(described.h, 3, getvariable('surname_count')) = surname.no
inner join given_name
    on
        described.sex_code = given_name.sex_code
        and draw(described.h, 4, 24) = given_name.choice_no
order by described.staff_no
