-- R31-04: the total is at most 1 yuan away from what was settled at discharge, less refunds.
-- Where a part was settled during the stay, the sum of both will do as well. Of a settlement sent several
-- times the latest version counts; without one in force there is nothing to compare.
with settlement as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.total_amount,
        settled.settlement_type_code,
        settled.modify_flag,
        case settled.charge_refund_flag when '2' then -1 else 1 end * settled.total_amount as amount
    from validated.front_page as child
    inner join validated.inpatient_settlement as settled
        on
            child.org_code = settled.org_code
            and child.visit_id = settled.visit_id
            and child.upload_date + $review_days >= settled.upload_date
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
    qualify
        row_number() over (
            partition by child.path, child.line, settled.settlement_id, settled.charge_refund_flag
            order by settled.update_time desc nulls last, settled.upload_date desc, settled.line desc
        ) = 1
),

compared as (
    select
        upload_date,
        org_code,
        path,
        line,
        total_amount,
        sum(amount) filter (where settlement_type_code = '1') as at_discharge,
        sum(amount) as in_all
    from settlement
    where modify_flag is distinct from '3'
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'total_amount' as column_name,
    total_amount::varchar as value
from compared
where
    at_discharge > 0
    and abs(total_amount - at_discharge) > 1
    and abs(total_amount - in_all) > 1
