-- What the hospital's summary tells of the day that an upload is about.
-- Grain: one row per upload day and row of the summary: a department, or several where there are fewer rows.
with arrived as (
    select
        day_no,
        dept_no,
        count(*) filter (where visit_type_code = '1') as outpatient_count,
        count(*) filter (where visit_type_code = '2') as emergency_count,
        count(*) filter (where visit_type_code = '3') as admission_count
    from encounter
    group by
        day_no,
        dept_no
),

gone as (
    select
        discharge_day_no as day_no,
        dept_no,
        count(*) as discharge_count
    from encounter
    where discharge_day_no is not null
    group by
        discharge_day_no,
        dept_no
),

reported as (
    select
        report.day_no,
        encounter.dept_no,
        count(*) filter (where report.kind = 'lab') as lab_report_count,
        count(*) filter (where report.kind = 'exam') as exam_report_count,
        count(*) filter (where report.kind = 'operation') as operation_count
    from (
        select
            day_no,
            encounter_key,
            'lab' as kind
        from skeleton('lab_report', 0, 999)
        union all
        select
            day_no,
            encounter_key,
            'exam' as kind
        from skeleton('exam_report', 0, 999)
        union all
        select
            day_no,
            encounter_key,
            'operation' as kind
        from skeleton('operation_record', 0, 999)
    ) as report
    inner join encounter on report.encounter_key = encounter.encounter_key
    group by
        report.day_no,
        encounter.dept_no
),

earned as (
    select
        income.day_no,
        encounter.dept_no,
        sum(income.outpatient) as outpatient_revenue,
        sum(income.inpatient) as inpatient_revenue
    from (
        select
            day_no,
            encounter_key,
            total_amount as outpatient,
            0::decimal(12, 2) as inpatient
        from outpatient_bill
        union all
        select
            fee.day_no,
            fee.encounter_key,
            0 as outpatient,
            amount_of(item.unit_price, fee_quantity(fee.h)) as inpatient
        from skeleton('inpatient_fee_detail', 0, 999) as fee
        inner join charge_item as item on charge_item_of(fee.h) = item.charge_item_no
    ) as income
    inner join encounter on income.encounter_key = encounter.encounter_key
    group by
        income.day_no,
        encounter.dept_no
),

by_department as (
    select
        days.day_no,
        department.dept_no,
        department.dept_code,
        department.dept_name,
        coalesce(arrived.outpatient_count, 0) as outpatient_count,
        coalesce(arrived.emergency_count, 0) as emergency_count,
        coalesce(arrived.admission_count, 0) as admission_count,
        coalesce(gone.discharge_count, 0) as discharge_count,
        sum(coalesce(arrived.admission_count, 0) - coalesce(gone.discharge_count, 0)) over (
            partition by department.dept_no
            order by days.day_no
        )::bigint as inpatient_count,
        coalesce(reported.lab_report_count, 0) as lab_report_count,
        coalesce(reported.exam_report_count, 0) as exam_report_count,
        coalesce(reported.operation_count, 0) as operation_count,
        coalesce(earned.outpatient_revenue, 0)::decimal(14, 2) as outpatient_revenue,
        coalesce(earned.inpatient_revenue, 0)::decimal(14, 2) as inpatient_revenue
    from (select distinct day_no from slot) as days
    cross join department
    left join arrived on days.day_no = arrived.day_no and department.dept_no = arrived.dept_no
    left join gone on days.day_no = gone.day_no and department.dept_no = gone.dept_no
    left join reported on days.day_no = reported.day_no and department.dept_no = reported.dept_no
    left join earned on days.day_no = earned.day_no and department.dept_no = earned.dept_no
),

-- A day with fewer rows than departments still tells of all of them.
day_size as (
    select
        day_no,
        next_row - first_row as rows
    from slot
    where table_code = 'daily_business_summary' and next_row > first_row
)

select
    by_department.day_no,
    by_department.dept_no % day_size.rows as dept_no,
    min(by_department.dept_code) as dept_code,
    min_by(by_department.dept_name, by_department.dept_code) as dept_name,
    sum(by_department.outpatient_count)::bigint as outpatient_count,
    sum(by_department.emergency_count)::bigint as emergency_count,
    sum(by_department.admission_count)::bigint as admission_count,
    sum(by_department.discharge_count)::bigint as discharge_count,
    sum(by_department.inpatient_count)::bigint as inpatient_count,
    sum(by_department.lab_report_count)::bigint as lab_report_count,
    sum(by_department.exam_report_count)::bigint as exam_report_count,
    sum(by_department.operation_count)::bigint as operation_count,
    sum(by_department.outpatient_revenue)::decimal(14, 2) as outpatient_revenue,
    sum(by_department.inpatient_revenue)::decimal(14, 2) as inpatient_revenue
from by_department
inner join day_size on by_department.day_no = day_size.day_no
group by
    by_department.day_no,
    by_department.dept_no % day_size.rows
order by
    by_department.day_no,
    by_department.dept_no % day_size.rows
