-- R11-06: who is diagnosed with a notifiable disease has a report card of the same visit. Confirmed: made at
-- the outpatient department, at discharge or by pathology (not on admission), and not named as a suspicion.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'diag_code' as column_name,
    child.diag_code as value
from validated.visit_diagnosis as child
anti join validated.infectious_report_card as card
    on
        child.org_code = card.org_code
        and child.visit_id = card.visit_id
        and card.upload_date <= child.upload_date + $review_days
        and card.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.diag_class_code in ('1', '3', '4')
    and (
        left(child.diag_code, 3) in (select disease.icd_code from notifiable_disease as disease)
        or left(child.diag_code, 5) in (select disease.icd_code from notifiable_disease as disease)
    )
    and not regexp_matches(coalesce(child.diag_name, ''), '疑似|待查|待排|可能|[?？]')
