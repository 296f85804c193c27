-- R20-04: a discharge (not void) has its settlement (type 1) within 7 calendar days. Told on the day when
-- that time is up, or on the discharge's upload date if that is later; path and line are those of the
-- discharge's latest version by then.
with discharged as (
    select
        greatest(upload_date, discharge_time::date + 7) as due_date,
        upload_date,
        org_code,
        path,
        line,
        visit_id,
        discharge_time,
        void_flag,
        modify_flag,
        update_time
    from validated.inpatient_discharge
),

due as (
    select *
    from discharged
    where due_date between $first and $last
    qualify
        row_number() over (
            partition by due_date, org_code, visit_id
            order by update_time desc nulls last, upload_date desc, path desc, line desc
        ) = 1
)

select
    due.due_date as upload_date,
    due.org_code,
    due.path,
    due.line,
    'discharge_time' as column_name,
    due.discharge_time::varchar as value
from due
anti join validated.inpatient_settlement as settlement
    on
        due.org_code = settlement.org_code
        and due.visit_id = settlement.visit_id
        and settlement.settlement_type_code = '1'
        and settlement.charge_refund_flag = '1'
        and settlement.charge_time::date <= due.discharge_time::date + 7
        and settlement.upload_date <= due.due_date + $review_days
        and settlement.modify_flag is distinct from '3'
where
    due.modify_flag is distinct from '3'
    and due.void_flag is distinct from '1'
