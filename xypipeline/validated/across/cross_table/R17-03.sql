-- R17-03: a refund names a charge that exists, and all refunds of it are at most that charge. Told of each
-- refund that came on the day; of each charge and refund its latest version counts.
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        original_charge_id,
        total_amount
    from validated.outpatient_charge
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and charge_refund_flag = '2'
),

concerned as (
    select distinct
        upload_date,
        org_code,
        original_charge_id
    from judged
),

latest as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.original_charge_id,
        charge.charge_refund_flag,
        charge.total_amount,
        charge.modify_flag
    from concerned
    inner join validated.outpatient_charge as charge
        on
            concerned.org_code = charge.org_code
            and concerned.original_charge_id
            = case charge.charge_refund_flag when '1' then charge.charge_id else charge.original_charge_id end
            and charge.upload_date <= concerned.upload_date + $review_days
    qualify
        row_number() over (
            partition by
                concerned.upload_date, concerned.org_code, charge.charge_id, charge.charge_refund_flag
            order by
                charge.update_time desc nulls last,
                charge.upload_date desc,
                charge.path desc,
                charge.line desc
        ) = 1
),

total as (
    select
        upload_date,
        org_code,
        original_charge_id,
        sum(total_amount) filter (where charge_refund_flag = '1') as charged,
        sum(total_amount) filter (where charge_refund_flag = '2') as refunded
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, original_charge_id
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    case when total.charged is null then 'original_charge_id' else 'total_amount' end as column_name,
    case when total.charged is null then judged.original_charge_id else judged.total_amount::varchar end
        as value
from judged
left join total
    on
        judged.upload_date = total.upload_date
        and judged.org_code = total.org_code
        and judged.original_charge_id = total.original_charge_id
where total.charged is null or total.refunded > total.charged
