-- R41-02: the modality is one of the kind of examination that was reported; other modalities are not
-- compared.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'modality_code' as column_name,
    child.modality_code as value
from validated.exam_image_index as child
inner join validated.exam_report as report
    on
        child.org_code = report.org_code
        and child.report_id = report.report_id
        and child.upload_date + $review_days >= report.upload_date
        and report.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
group by all
having
    bool_or(
        report.exam_type_code = case
            when child.modality_code = 'CT' then '01'
            when child.modality_code = 'MR' then '02'
            when child.modality_code in ('DX', 'CR', 'RF', 'MG') then '03'
            when child.modality_code = 'US' then '04'
            when child.modality_code = 'ES' then '05'
            when child.modality_code = 'XA' then '09'
        end
    ) is false
