-- R20-05: a refunded settlement names the settlement that it refunds, and that exists.
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'original_charge_id' as column_name,
    child.original_charge_id as value
from validated.inpatient_settlement as child
anti join validated.inpatient_settlement as original
    on
        child.org_code = original.org_code
        and child.original_charge_id = original.settlement_id
        and original.charge_refund_flag = '1'
        and original.upload_date <= child.upload_date + $review_days
        and original.modify_flag is distinct from '3'
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.charge_refund_flag = '2'
