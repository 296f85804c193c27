-- R20-02: fees less refunds of a stay within the settled days differ from the settlement's total by at most
-- 1 yuan or a thousandth of it, whichever is more. Of each fee line its latest version counts; no lines at
-- all add up to 0. Refunded settlements are not judged, and one that is sent again within the review days is
-- judged then.
with judged as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.visit_id,
        child.fee_start_date,
        child.fee_end_date,
        child.total_amount
    from validated.inpatient_settlement as child
    anti join validated.inpatient_settlement as later
        on
            child.org_code = later.org_code
            and child.settlement_id = later.settlement_id
            and child.charge_refund_flag = later.charge_refund_flag
            and child.upload_date < later.upload_date
            and later.upload_date <= child.upload_date + $review_days
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and child.charge_refund_flag = '1'
        and child.fee_start_date is not null
        and child.fee_end_date is not null
),

concerned as (
    select distinct
        upload_date,
        org_code,
        visit_id
    from judged
),

latest as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.visit_id,
        fee.fee_time::date as fee_date,
        fee.charge_refund_flag,
        fee.amount,
        fee.modify_flag
    from concerned
    inner join validated.inpatient_fee_detail as fee
        on
            concerned.org_code = fee.org_code
            and concerned.visit_id = fee.visit_id
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

settled as (
    select
        judged.upload_date,
        judged.org_code,
        judged.path,
        judged.line,
        judged.total_amount,
        coalesce(
            sum(case latest.charge_refund_flag when '1' then latest.amount else -latest.amount end), 0
        ) as net_amount
    from judged
    left join latest
        on
            judged.upload_date = latest.upload_date
            and judged.org_code = latest.org_code
            and judged.visit_id = latest.visit_id
            and latest.modify_flag is distinct from '3'
            and latest.fee_date between judged.fee_start_date and judged.fee_end_date
    group by judged.upload_date, judged.org_code, judged.path, judged.line, judged.total_amount
)

select
    upload_date,
    org_code,
    path,
    line,
    'total_amount' as column_name,
    total_amount::varchar as value
from settled
where abs(net_amount - total_amount) * 1000 > greatest(total_amount, 1000)
