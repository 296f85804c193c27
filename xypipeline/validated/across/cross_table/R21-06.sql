-- R21-06: nothing of a voided stay is left: no order, fee or document of the ward that is not withdrawn.
-- An order is withdrawn by revoking or voiding it, a fee by revoking or refunding it, a document by revoking
-- it. The value counts what is left.
-- noqa: disable=LT05
-- any of: inpatient_order, inpatient_fee_detail, admission_record, first_progress_note, daily_progress_note, ward_round_note, consultation_record, transfer_record, discharge_summary, death_record, nursing_record
-- noqa: enable=LT05
with made as (
    select
        org_code,
        visit_id,
        upload_date,
        '医嘱' as kind,
        order_id as record_id,
        modify_flag = '3' or order_status_code = '5' as is_withdrawn
    from validated.inpatient_order
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '费用' as kind,
        fee_detail_id as record_id,
        modify_flag = '3' or charge_refund_flag = '2' as is_withdrawn
    from validated.inpatient_fee_detail
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'admission_record ' || record_id as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.admission_record
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'first_progress_note ' || record_id as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.first_progress_note
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'daily_progress_note ' || record_id as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.daily_progress_note
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'ward_round_note ' || record_id as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.ward_round_note
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'consultation_record ' || record_id as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.consultation_record
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'transfer_record ' || record_id as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.transfer_record
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'discharge_summary' as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.discharge_summary
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'death_record ' || record_id as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.death_record
    union all
    select
        org_code,
        visit_id,
        upload_date,
        '文书' as kind,
        'nursing_record ' || record_id as record_id,
        modify_flag = '3' as is_withdrawn
    from validated.nursing_record
),

left_over as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        made.kind,
        made.record_id
    from validated.inpatient_admission as child
    inner join made
        on
            child.org_code = made.org_code
            and child.visit_id = made.visit_id
            and child.upload_date + $review_days >= made.upload_date
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and child.void_flag = '1'
    group by all
    having bool_or(made.is_withdrawn) is not true
),

counted as (
    select
        upload_date,
        org_code,
        path,
        line,
        kind,
        count(*) as records
    from left_over
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'void_flag' as column_name,
    string_agg(kind || records, ' ' order by kind) as value
from counted
group by upload_date, org_code, path, line
