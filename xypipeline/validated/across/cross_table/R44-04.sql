-- R44-04: one bag of one blood product is not given to two patients. Told of each record that came on the day
-- while another names another patient; a record that says this patient in any version is none.
with other as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.blood_bag_no,
        bool_or(used.patient_id = child.patient_id) as is_same,
        bool_or(used.modify_flag = '3') as is_revoked
    from validated.transfusion_record as child
    inner join validated.transfusion_record as used
        on
            child.org_code = used.org_code
            and child.blood_bag_no = used.blood_bag_no
            and child.blood_product_code = used.blood_product_code
            and child.transfusion_id <> used.transfusion_id
            and child.upload_date + $review_days >= used.upload_date
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
    group by
        child.upload_date, child.org_code, child.path, child.line, child.blood_bag_no, used.transfusion_id
)

select distinct
    upload_date,
    org_code,
    path,
    line,
    'blood_bag_no' as column_name,
    blood_bag_no as value
from other
where is_same is false and is_revoked is not true
