-- R35-05: behind a report of a stay (3) is a laboratory order (3) of the stay, behind one of an outpatient
-- visit (1) a laboratory fee (04) of the patient on the same day: that of the application, of taking or
-- receiving the specimen, or of the report. Emergency patients may pay later and are not judged. A hospital
-- that sends no orders, or no fee lines, is not judged by them.
-- any of: inpatient_order, outpatient_fee_detail
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.visit_id,
        child.visit_type_code,
        child.patient_id,
        child.apply_time::date as apply_date,
        child.sampling_time::date as sampling_date,
        child.receive_time::date as receive_date,
        child.report_time::date as report_date
    from validated.lab_report as child
    inner join arrived
        on
            child.org_code = arrived.org_code
            and child.upload_date + $review_days >= arrived.first_day
            and (
                (child.visit_type_code = '3' and arrived.table_code = 'inpatient_order')
                or (child.visit_type_code = '1' and arrived.table_code = 'outpatient_fee_detail')
            )
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
),

lab_order as (
    select distinct
        judged.path,
        judged.line
    from judged
    inner join validated.inpatient_order as ordered
        on
            judged.org_code = ordered.org_code
            and judged.visit_id = ordered.visit_id
            and judged.visit_type_code = '3'
            and judged.upload_date + $review_days >= ordered.upload_date
    where
        ordered.order_item_type_code = '3'
        and ordered.modify_flag is distinct from '3'
),

lab_fee as (
    select distinct
        judged.path,
        judged.line
    from judged
    inner join validated.outpatient_fee_detail as fee
        on
            judged.org_code = fee.org_code
            and judged.patient_id = fee.patient_id
            and judged.visit_type_code = '1'
            and judged.upload_date + $review_days >= fee.upload_date
            and fee.charge_time::date in (
                judged.apply_date, judged.sampling_date, judged.receive_date, judged.report_date
            )
    where
        fee.fee_category_code = '04'
        and fee.charge_refund_flag = '1'
        and fee.modify_flag is distinct from '3'
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    'visit_id' as column_name,
    judged.visit_id as value
from judged
anti join lab_order on judged.path = lab_order.path and judged.line = lab_order.line
anti join lab_fee on judged.path = lab_fee.path and judged.line = lab_fee.line
