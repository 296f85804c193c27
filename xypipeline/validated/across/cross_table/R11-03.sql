-- R11-03: of a visit's diagnoses of one class exactly one is primary, and it is number 1. Judged of each
-- visit and class with a diagnosis that came on the day, of the latest versions; told once, of the primary
-- diagnosis with the highest number that came, or of another if none is primary.
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        visit_id,
        diag_class_code,
        primary_flag,
        diag_seq_no
    from validated.visit_diagnosis
    where upload_date between $first and $last and modify_flag is distinct from '3'
    qualify
        row_number() over (
            partition by upload_date, org_code, visit_id, diag_class_code
            order by primary_flag desc nulls last, diag_seq_no desc nulls last, path asc, line asc
        ) = 1
),

latest as (
    select
        judged.upload_date,
        judged.org_code,
        judged.visit_id,
        judged.diag_class_code,
        diagnosis.primary_flag,
        diagnosis.diag_seq_no,
        diagnosis.modify_flag
    from judged
    inner join validated.visit_diagnosis as diagnosis
        on
            judged.org_code = diagnosis.org_code
            and judged.visit_id = diagnosis.visit_id
            and judged.diag_class_code = diagnosis.diag_class_code
            and diagnosis.upload_date <= judged.upload_date + $review_days
    qualify
        row_number() over (
            partition by judged.upload_date, judged.org_code, diagnosis.diagnosis_id
            order by
                diagnosis.update_time desc nulls last,
                diagnosis.upload_date desc,
                diagnosis.path desc,
                diagnosis.line desc
        ) = 1
),

counted as (
    select
        upload_date,
        org_code,
        visit_id,
        diag_class_code,
        count(*) filter (where primary_flag = '1') as primaries,
        count(*) filter (where primary_flag = '1' and diag_seq_no = 1) as first_primaries
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, visit_id, diag_class_code
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    case when counted.primaries = 1 then 'diag_seq_no' else 'primary_flag' end as column_name,
    case when counted.primaries = 1 then judged.diag_seq_no::varchar else judged.primary_flag end as value
from judged
inner join counted
    on
        judged.upload_date = counted.upload_date
        and judged.org_code = counted.org_code
        and judged.visit_id = counted.visit_id
        and judged.diag_class_code = counted.diag_class_code
where counted.primaries <> 1 or counted.first_primaries <> 1
