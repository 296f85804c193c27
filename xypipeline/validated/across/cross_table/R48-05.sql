-- R48-05: the class is that of the disease in the list of notifiable diseases; one that is not in it is none
-- of the classes A, B and C (1, 2, 3).
select
    card.upload_date,
    card.org_code,
    card.path,
    card.line,
    'infect_class_code' as column_name,
    card.infect_class_code as value
from validated.infectious_report_card as card
left join notifiable_disease as disease
    on disease.icd_code in (left(card.disease_code, 3), left(card.disease_code, 5))
where
    card.upload_date between $first and $last
    and card.modify_flag is distinct from '3'
    and card.disease_code is not null
    and case
        when disease.icd_code is null then card.infect_class_code in ('1', '2', '3')
        else card.infect_class_code <> disease.infect_class_code
    end
