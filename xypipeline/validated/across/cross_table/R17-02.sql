-- R17-02: the fee lines of a charge (or refund) add up to its total, within 0.01. Of each fee line its
-- latest version counts; no lines at all add up to 0. A charge that is sent again within the review days is
-- judged then.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.charge_id,
        child.charge_refund_flag,
        child.total_amount
    from validated.outpatient_charge as child
    anti join validated.outpatient_charge as later
        on
            child.org_code = later.org_code
            and child.charge_id = later.charge_id
            and child.charge_refund_flag = later.charge_refund_flag
            and child.upload_date < later.upload_date
            and later.upload_date <= child.upload_date + $review_days
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
),

concerned as (
    select distinct
        upload_date,
        org_code,
        charge_id,
        charge_refund_flag
    from judged
),

latest as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.charge_id,
        concerned.charge_refund_flag,
        fee.amount,
        fee.modify_flag
    from concerned
    inner join validated.outpatient_fee_detail as fee
        on
            concerned.org_code = fee.org_code
            and concerned.charge_id = fee.charge_id
            and concerned.charge_refund_flag = fee.charge_refund_flag
            and fee.upload_date <= concerned.upload_date + $review_days
    qualify
        row_number() over (
            partition by
                concerned.upload_date, concerned.org_code, fee.fee_detail_id, fee.charge_refund_flag
            order by
                fee.update_time desc nulls last,
                fee.upload_date desc,
                fee.path desc,
                fee.line desc
        ) = 1
),

detail as (
    select
        upload_date,
        org_code,
        charge_id,
        charge_refund_flag,
        sum(amount) as amount
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, charge_id, charge_refund_flag
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    'total_amount' as column_name,
    judged.total_amount::varchar as value
from judged
left join detail
    on
        judged.upload_date = detail.upload_date
        and judged.org_code = detail.org_code
        and judged.charge_id = detail.charge_id
        and judged.charge_refund_flag = detail.charge_refund_flag
where abs(judged.total_amount - coalesce(detail.amount, 0)) > 0.01
