-- R44-03: the blood group is that of the front page or of the patient, the Rhesus factor that of the patient
-- (the front page has none). Unknown (ABO 5, Rh 3) and not examined (6, 4) say nothing. The front page comes
-- long after the transfusion: the blood group is judged again on the day when it comes.
-- any of: front_page, patient_info
with page_arrival as (
    select distinct
        upload_date,
        org_code,
        visit_id
    from validated.front_page
    where upload_date between $first and $last and modify_flag is distinct from '3'
),

given as (
    select
        upload_date as judged_date,
        org_code,
        path,
        line,
        upload_date,
        visit_id,
        patient_id,
        abo_code,
        rh_code,
        modify_flag
    from validated.transfusion_record
    where upload_date between $first and $last
    union all
    select
        page_arrival.upload_date as judged_date,
        transfusion.org_code,
        transfusion.path,
        transfusion.line,
        transfusion.upload_date,
        transfusion.visit_id,
        transfusion.patient_id,
        transfusion.abo_code,
        transfusion.rh_code,
        transfusion.modify_flag
    from page_arrival
    inner join validated.transfusion_record as transfusion
        on
            page_arrival.org_code = transfusion.org_code
            and page_arrival.visit_id = transfusion.visit_id
            and page_arrival.upload_date >= transfusion.upload_date
    qualify
        transfusion.upload_date < page_arrival.upload_date
        and row_number() over (
            partition by page_arrival.upload_date, transfusion.org_code, transfusion.transfusion_id
            order by
                transfusion.update_time desc nulls last,
                transfusion.upload_date desc,
                transfusion.path desc,
                transfusion.line desc
        ) = 1
),

known as (
    select
        given.*,
        page.abo_code as known_abo,
        null as known_rh
    from given
    inner join validated.front_page as page
        on
            given.org_code = page.org_code
            and given.visit_id = page.visit_id
            and given.judged_date + $review_days >= page.upload_date
            and page.modify_flag is distinct from '3'
    union all
    select
        given.*,
        patient.abo_code as known_abo,
        patient.rh_code as known_rh
    from given
    inner join validated.patient_info as patient
        on
            given.org_code = patient.org_code
            and given.patient_id = patient.patient_id
            and given.judged_date + $review_days >= patient.upload_date
            and patient.modify_flag is distinct from '3'
)

select
    judged_date as upload_date,
    org_code,
    path,
    line,
    'abo_code' as column_name,
    abo_code as value
from known
where
    modify_flag is distinct from '3'
    and abo_code not in ('5', '6')
    and known_abo not in ('5', '6')
group by all
having bool_or(abo_code = known_abo) is false
union all
select
    upload_date,
    org_code,
    path,
    line,
    'rh_code' as column_name,
    rh_code as value
from known
where
    judged_date = upload_date
    and modify_flag is distinct from '3'
    and rh_code not in ('3', '4')
    and known_rh not in ('3', '4')
group by all
having bool_or(rh_code = known_rh) is false
