-- R15-01: of a prescription line no more is returned than was dispensed, all in all. Told of each return
-- that came on the day; of each dispensing line its latest version counts.
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        prescription_detail_id,
        quantity
    from validated.outpatient_dispensing
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and dispense_return_flag = '2'
),

concerned as (
    select distinct
        upload_date,
        org_code,
        prescription_detail_id
    from judged
),

latest as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.prescription_detail_id,
        dispensed.dispense_return_flag,
        dispensed.quantity,
        dispensed.modify_flag
    from concerned
    inner join validated.outpatient_dispensing as dispensed
        on
            concerned.org_code = dispensed.org_code
            and concerned.prescription_detail_id = dispensed.prescription_detail_id
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
        prescription_detail_id,
        coalesce(sum(quantity) filter (where dispense_return_flag = '1'), 0) as dispensed,
        sum(quantity) filter (where dispense_return_flag = '2') as returned
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, prescription_detail_id
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
        and judged.prescription_detail_id = total.prescription_detail_id
where total.returned > total.dispensed
