-- R16-01: of an order's drug no more is returned than was dispensed, all in all. Told of each return that
-- came on the day; of each dispensing line its latest version counts. Ward stock without an order is not
-- judged.
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        order_id,
        drug_code,
        quantity
    from validated.inpatient_dispensing
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and dispense_return_flag = '2'
        and order_id is not null
),

concerned as (
    select distinct
        upload_date,
        org_code,
        order_id,
        drug_code
    from judged
),

latest as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.order_id,
        concerned.drug_code,
        dispensed.dispense_return_flag,
        dispensed.quantity,
        dispensed.modify_flag
    from concerned
    inner join validated.inpatient_dispensing as dispensed
        on
            concerned.org_code = dispensed.org_code
            and concerned.order_id = dispensed.order_id
            and concerned.drug_code = dispensed.drug_code
            and dispensed.upload_date <= concerned.upload_date + $review_days
    qualify
        row_number() over (
            partition by concerned.upload_date, concerned.org_code, dispensed.dispensing_id
            order by
                dispensed.update_time desc nulls last,
                dispensed.upload_date desc,
                dispensed.path desc,
                dispensed.line desc
        ) = 1
),

total as (
    select
        upload_date,
        org_code,
        order_id,
        drug_code,
        coalesce(sum(quantity) filter (where dispense_return_flag = '1'), 0) as dispensed,
        sum(quantity) filter (where dispense_return_flag = '2') as returned
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, order_id, drug_code
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    'quantity' as column_name,
    judged.quantity::varchar as value
from judged
inner join total
    on
        judged.upload_date = total.upload_date
        and judged.org_code = total.org_code
        and judged.order_id = total.order_id
        and judged.drug_code = total.drug_code
where total.returned > total.dispensed
