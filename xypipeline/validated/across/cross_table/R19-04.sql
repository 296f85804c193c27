-- R19-04: of one item of a stay no more is refunded than was charged, all in all. Told of each refund that
-- came on the day; of each fee line its latest version counts.
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        visit_id,
        charge_item_code,
        amount
    from validated.inpatient_fee_detail
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and charge_refund_flag = '2'
),

concerned as (
    select distinct
        upload_date,
        org_code,
        visit_id,
        charge_item_code
    from judged
),

latest as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.visit_id,
        concerned.charge_item_code,
        fee.charge_refund_flag,
        fee.amount,
        fee.modify_flag
    from concerned
    inner join validated.inpatient_fee_detail as fee
        on
            concerned.org_code = fee.org_code
            and concerned.visit_id = fee.visit_id
            and concerned.charge_item_code = fee.charge_item_code
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

total as (
    select
        upload_date,
        org_code,
        visit_id,
        charge_item_code,
        coalesce(sum(amount) filter (where charge_refund_flag = '1'), 0) as charged,
        sum(amount) filter (where charge_refund_flag = '2') as refunded
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, visit_id, charge_item_code
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    'amount' as column_name,
    judged.amount::varchar as value
from judged
inner join total
    on
        judged.upload_date = total.upload_date
        and judged.org_code = total.org_code
        and judged.visit_id = total.visit_id
        and judged.charge_item_code = total.charge_item_code
where total.refunded > total.charged
