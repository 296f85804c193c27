-- R48-02: reported within 2 hours of the diagnosis if the disease is of class A or managed as such (SARS U04,
-- pulmonary anthrax A22.1), within 24 hours if it is of class B or C. The class is that of the card or of the
-- list of notifiable diseases, the stricter one. A revision (2) comes later by nature and is not judged.
select
    card.upload_date,
    card.org_code,
    card.path,
    card.line,
    'report_time' as column_name,
    card.report_time::varchar as value
from validated.infectious_report_card as card
left join notifiable_disease as disease
    on disease.icd_code in (left(card.disease_code, 3), left(card.disease_code, 5))
where
    card.upload_date between $first and $last
    and card.modify_flag is distinct from '3'
    and card.card_revision_code is distinct from '2'
    and card.report_time > card.diag_time + case
        when card.infect_class_code = '1' or disease.infect_class_code = '1' then interval 2 hour
        when left(card.disease_code, 3) = 'U04' or left(card.disease_code, 5) = 'A22.1' then interval 2 hour
        when card.infect_class_code in ('2', '3') or disease.icd_code is not null then interval 24 hour
    end
