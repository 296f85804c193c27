-- R16-02: of a business day's drug orders that were executed, at least 90 % have a dispensing. Executed: in
-- that state, or stopped after an execution; the day is that of giving the order. Judged of each business
-- day whose orders came on the day. Value: business day and dispensed/executed.
with day as (
    select distinct
        upload_date,
        org_code,
        order_time::date as business_date
    from validated.inpatient_order
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
        and order_item_type_code = '1'
),

latest as (
    select
        day.upload_date,
        day.org_code,
        day.business_date,
        placed.order_id,
        placed.order_status_code,
        placed.exec_time,
        placed.modify_flag
    from day
    inner join validated.inpatient_order as placed
        on
            day.org_code = placed.org_code
            and is_on(placed.order_time, day.business_date)
            and placed.order_item_type_code = '1'
            and placed.upload_date <= day.upload_date + $review_days
    qualify
        row_number() over (
            partition by day.upload_date, day.org_code, day.business_date, placed.order_id
            order by
                placed.update_time desc nulls last,
                placed.upload_date desc,
                placed.path desc,
                placed.line desc
        ) = 1
),

executed as (
    select
        latest.upload_date,
        latest.org_code,
        latest.business_date,
        exists(
            select 1
            from validated.inpatient_dispensing as dispensing
            where
                dispensing.org_code = latest.org_code
                and dispensing.order_id = latest.order_id
                and dispensing.dispense_return_flag = '1'
                and dispensing.upload_date <= latest.upload_date + $review_days
                and dispensing.modify_flag is distinct from '3'
        ) as is_dispensed
    from latest
    where
        latest.modify_flag is distinct from '3'
        and (
            latest.order_status_code = '3'
            or (latest.order_status_code = '4' and latest.exec_time is not null)
        )
)

select
    upload_date,
    org_code,
    null::varchar as path,
    null::bigint as line,
    'order_id' as column_name,
    business_date || ' ' || count(*) filter (where is_dispensed) || '/' || count(*) as value
from executed
group by upload_date, org_code, business_date
having count(*) filter (where is_dispensed) * 100 < count(*) * 90
