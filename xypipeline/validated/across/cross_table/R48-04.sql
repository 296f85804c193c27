-- R48-04: a revised card (2) follows a first one (1) of the same patient and disease: the same name in the
-- list of notifiable diseases, as tuberculosis of A15 and A16, or else the same first three characters. A
-- diagnosis made before the hospital began to send cards may have been reported then, and is not judged.
with named as (
    select
        card.upload_date,
        card.org_code,
        card.path,
        card.line,
        card.patient_id,
        card.disease_code,
        coalesce(disease.disease_name, left(card.disease_code, 3)) as disease_name
    from validated.infectious_report_card as card
    inner join arrived
        on
            card.org_code = arrived.org_code
            and arrived.table_code = 'infectious_report_card'
            and card.diag_time::date >= arrived.first_day
    left join notifiable_disease as disease
        on disease.icd_code in (left(card.disease_code, 3), left(card.disease_code, 5))
    where
        card.upload_date between $first and $last
        and card.modify_flag is distinct from '3'
        and card.card_revision_code = '2'
)

select
    named.upload_date,
    named.org_code,
    named.path,
    named.line,
    'card_revision_code' as column_name,
    named.disease_code as value
from named
where
    not exists (
        select 1
        from validated.infectious_report_card as first_card
        left join notifiable_disease as disease
            on disease.icd_code in (left(first_card.disease_code, 3), left(first_card.disease_code, 5))
        where
            first_card.org_code = named.org_code
            and first_card.patient_id = named.patient_id
            and first_card.card_revision_code = '1'
            and first_card.upload_date <= named.upload_date + $review_days
            and first_card.modify_flag is distinct from '3'
            and coalesce(disease.disease_name, left(first_card.disease_code, 3)) = named.disease_name
    )
