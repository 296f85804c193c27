-- Everything that several tables tell of an outpatient visit or an inpatient stay.
-- Grain: one row per visit or stay; encounter_key is twice its ordinal, and 1 more for a stay.
with visit as (
    select
        encounter_key,
        'outpatient' as encounter,
        row_no,
        day_no,
        grandparent_no as patient_no,
        h,
        parent_h as place_h,
        later(register_time(event_date, parent_h), h, 31, 5, 40) as start_time
    from skeleton('outpatient_visit', 0, 999)
),

stay as (
    select
        encounter_key,
        'inpatient' as encounter,
        row_no,
        day_no,
        parent_no as patient_no,
        h,
        h as place_h,
        clock(event_date, h, 32, 510, 990) as start_time
    from skeleton('inpatient_admission', 0, 999)
),

every as (
    select * from visit
    union all by name
    select * from stay
),

placed as (
    select
        every.*,
        patient.patient_id,
        patient.sex_code,
        years_between(patient.birth_date, every.start_time) as age_years,
        patient.insurance_type_code,
        patient.pay_method_code,
        clinical_dept_of(every.place_h, 33) as clinical_dept,
        doctor_of(every.place_h, 34) as doctor_no,
        every.encounter = 'inpatient' and has_child(
            every.row_no, hospital.delivery_count, hospital.admission_count
        ) as is_delivery,
        every.encounter = 'outpatient' and has_child(
            every.row_no, hospital.observation_count, hospital.visit_count
        ) as is_observed,
        discharge.row_no as discharge_no,
        discharge.day_no as discharge_day_no,
        clock(discharge.event_date, every.h, 35, 540, 680) as discharge_time,
        coalesce(
            has_child(discharge.row_no, hospital.death_count, hospital.discharge_count), false
        ) as is_dead
    from every
    cross join hospital
    inner join patient on every.patient_no = patient.patient_no
    left join
        skeleton('inpatient_discharge', 0, 999) as discharge
        on every.encounter_key = discharge.encounter_key
),

banded as (
    select
        *,
        case
            when is_delivery then coalesce(getvariable('obstetric_dept'), clinical_dept) else clinical_dept
        end
            as dept_no,
        case
            when is_delivery then 'mother'
            when age_years < 14 then 'child'
            when age_years < 60 then 'adult'
            else 'elder'
        end as age_band
    from placed
)

select
    banded.encounter_key,
    banded.encounter,
    banded.row_no as encounter_no,
    banded.day_no,
    banded.discharge_day_no,
    banded.patient_no,
    banded.patient_id,
    banded.h,
    banded.sex_code,
    banded.age_years,
    banded.insurance_type_code,
    banded.pay_method_code,
    banded.start_time,
    banded.discharge_time,
    greatest(1, date_diff('day', banded.start_time::date, banded.discharge_time::date)) as length_of_stay,
    banded.is_dead,
    banded.is_delivery,
    numbered(case banded.encounter when 'inpatient' then 'Z' else 'M' end, banded.row_no + 1) as visit_id,
    case
        when banded.encounter = 'inpatient' then '3'
        when banded.is_observed or happens(banded.h, 36, 120) then '2'
        else '1'
    end as visit_type_code,
    banded.dept_no,
    department.dept_code,
    department.dept_name,
    department.dept_name || '病区' as ward_name,
    (1 + draw(banded.h, 37, 45)) || '床' as bed_no,
    doctor.staff_id as doctor_id,
    doctor.staff_name as doctor_name,
    diagnosis.diag_code,
    diagnosis.diag_name,
    diagnosis.complaint,
    diagnosis.symptom
from banded
inner join department on banded.dept_no = department.dept_no
inner join staff as doctor on banded.doctor_no = doctor.staff_no
inner join diagnosis_group as diagnosis_group
    on
        banded.sex_code = diagnosis_group.sex_code
        and banded.age_band = diagnosis_group.age_band
inner join diagnosis_choice as diagnosis
    on
        banded.sex_code = diagnosis.sex_code
        and banded.age_band = diagnosis.age_band
        and draw(banded.h, 38, diagnosis_group.choices) = diagnosis.choice_no
order by banded.encounter_key
