-- What several tables tell of a patient. A woman who gives birth in the quarter is of the age for it.
-- Grain: one row per patient.
with mother as (
    select distinct admission.parent_no as patient_no
    from skeleton('inpatient_admission', 0, 999) as admission
    cross join hospital
    where has_child(admission.row_no, hospital.delivery_count, hospital.admission_count)
),

person as (
    select
        patient.row_no as patient_no,
        patient.h,
        patient.event_date,
        mother.patient_no is not null as is_mother,
        case when mother.patient_no is not null then '2' else choose(patient.h, 1, ['1', '2']) end
            as sex_code,
        mother.patient_no is null and happens(patient.h, 2, 6) as is_newborn,
        hospital.quarter_first
    from skeleton('patient_info', 0, 999) as patient
    cross join hospital
    left join mother on patient.row_no = mother.patient_no
),

born as (
    select
        *,
        quarter_first - (
            case
                when is_mother then 20 * 366 + draw(h, 3, 19 * 365)
                when is_newborn then 10 + draw(h, 3, 20)
                else 400 + draw(h, 3, 31600)
            end
        )::integer as birth_date
    from person
)

select
    born.patient_no,
    born.h,
    numbered('P', born.patient_no + 1) as patient_id,
    surname.surname || given_name.given_name as patient_name,
    born.sex_code,
    born.birth_date,
    case when born.is_newborn then '99' else '01' end as id_type_code,
    case
        when not born.is_newborn
            then with_id_card_check_digit(
                '411500' || strftime(born.birth_date, '%Y%m%d')
                || (10 + draw(born.h, 4, 90))
                || (2 * draw(born.h, 5, 5) + (born.sex_code = '1')::integer)
            )
    end as id_no,
    born.is_newborn::integer::varchar as newborn_flag,
    choose(born.h, 6, ['0', '2', '3', '4']) as card_type_code,
    numbered('H', born.patient_no + 1) as card_no,
    mobile_phone(born.h, 7) as phone,
    place.region_code as address_region_code,
    '河南省信阳市' || place.place || '示例路' || (1 + draw(born.h, 8, 400)) || '号' as address,
    surname.surname || contact_name.given_name as contact_name,
    choose(born.h, 10, ['1', '2', '3', '5', '7']) as contact_relation_code,
    mobile_phone(born.h, 11) as contact_phone,
    choose(born.h, 12, ['1', '2', '3', '4']) as abo_code,
    case when happens(born.h, 13, 4) then '1' else '2' end as rh_code,
    case
        when years_between(born.birth_date, born.event_date) < 20 then '10'
        else choose(born.h, 14, ['20', '20', '21', '30', '40'])
    end as marital_code,
    case
        when years_between(born.birth_date, born.event_date) < 18 then '31'
        else choose(born.h, 15, ['13', '17', '24', '27', '27', '51', '54', '70', '80'])
    end as occupation_code,
    choose(born.h, 16, ['1', '2', '3', '99']) as insurance_type_code,
    choose(born.h, 16, ['1', '2', '3', '7']) as pay_method_code,
    clock(born.event_date, born.h, 17, 390, 445) as create_time
from born
inner join word_surname as surname on draw(born.h, 18, getvariable('surname_count')) = surname.no
inner join given_name
    on
        born.sex_code = given_name.sex_code
        and draw(born.h, 19, 24) = given_name.choice_no
inner join given_name as contact_name
    on
        choose(born.h, 20, ['1', '2']) = contact_name.sex_code
        and draw(born.h, 21, 24) = contact_name.choice_no
inner join word_place as place on draw(born.h, 22, 23) = place.no
order by born.patient_no
