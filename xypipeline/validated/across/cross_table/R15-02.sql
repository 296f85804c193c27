-- R15-02: nothing is dispensed before it is prescribed. Where there is no prescription, G14 tells it.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.dispense_time,
        (
            select min(prescription.prescribe_time)
            from validated.prescription_detail as prescription
            where
                prescription.org_code = child.org_code
                and prescription.prescription_detail_id = child.prescription_detail_id
                and prescription.upload_date <= child.upload_date + $review_days
                and prescription.modify_flag is distinct from '3'
        ) as prescribed_at
    from validated.outpatient_dispensing as child
    where child.upload_date between $first and $last and child.modify_flag is distinct from '3'
)

select
    upload_date,
    org_code,
    path,
    line,
    'dispense_time' as column_name,
    dispense_time::varchar as value
from judged
where dispense_time < prescribed_at
