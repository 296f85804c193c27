-- R15-03: of a prescription line no more is dispensed, less returns, than was prescribed. Told of each
-- dispensing that came on the day; of each dispensing line its latest version counts. Quantities in
-- different units (boxes, tablets) are not compared.
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
        and dispense_return_flag = '1'
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
        dispensed.quantity_unit,
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

net as (
    select
        upload_date,
        org_code,
        prescription_detail_id,
        min(quantity_unit) as quantity_unit,
        sum(case dispense_return_flag when '1' then quantity else -quantity end) as quantity
    from latest
    where modify_flag is distinct from '3'
    group by upload_date, org_code, prescription_detail_id
    having count(distinct quantity_unit) = 1
),

prescribed as (
    select
        concerned.upload_date,
        concerned.org_code,
        concerned.prescription_detail_id,
        prescription.quantity_unit,
        max(prescription.quantity) as quantity
    from concerned
    inner join validated.prescription_detail as prescription
        on
            concerned.org_code = prescription.org_code
            and concerned.prescription_detail_id = prescription.prescription_detail_id
            and prescription.upload_date <= concerned.upload_date + $review_days
            and prescription.modify_flag is distinct from '3'
    group by
        concerned.upload_date,
        concerned.org_code,
        concerned.prescription_detail_id,
        prescription.quantity_unit
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    'quantity' as column_name,
    judged.quantity::varchar as value
from judged
inner join net
    on
        judged.upload_date = net.upload_date
        and judged.org_code = net.org_code
        and judged.prescription_detail_id = net.prescription_detail_id
inner join prescribed
    on
        judged.upload_date = prescribed.upload_date
        and judged.org_code = prescribed.org_code
        and judged.prescription_detail_id = prescribed.prescription_detail_id
        and net.quantity_unit = prescribed.quantity_unit
where net.quantity > prescribed.quantity
