-- R31-01: each discharge has exactly one front page, and a month has as many front pages as discharges. A
-- discharge is judged 7 days after it, when its front page is due (R31-02), or when it comes, if that is
-- later; its row is given, and the value counts the front pages. A month is judged 7 days after its end by
-- the dates of discharge, without path and line; the value is front pages/discharges. Voided or revoked is
-- not counted.
with due as (
    select
        org_code,
        visit_id,
        path,
        line,
        greatest(upload_date, discharge_time::date + 7) as due_date
    from validated.inpatient_discharge
    where
        due_date between $first and $last
        and modify_flag is distinct from '3'
        and void_flag is distinct from '1'
    qualify
        row_number() over (
            partition by org_code, visit_id, due_date order by upload_date desc, path desc, line desc
        ) = 1
),

due_page as (
    select
        due.org_code,
        due.visit_id,
        due.path,
        due.line,
        due.due_date,
        page.front_page_id,
        bool_or(page.modify_flag = '3') as is_revoked
    from due
    left join validated.front_page as page
        on
            due.org_code = page.org_code
            and due.visit_id = page.visit_id
            and due.due_date + $review_days >= page.upload_date
    group by all
),

counted as (
    select
        org_code,
        visit_id,
        path,
        line,
        due_date,
        count(front_page_id) filter (where is_revoked is not true) as pages
    from due_page
    group by all
),

month_record as (
    select
        org_code,
        'discharge' as kind,
        visit_id as record_id,
        last_day(discharge_time) + 7 as due_date,
        bool_or(modify_flag = '3' or void_flag = '1') as is_withdrawn
    from validated.inpatient_discharge
    where due_date between $first and $last and upload_date <= due_date + $review_days
    group by all
    union all
    select
        org_code,
        'page' as kind,
        front_page_id as record_id,
        last_day(discharge_time) + 7 as due_date,
        bool_or(modify_flag = '3') as is_withdrawn
    from validated.front_page
    where due_date between $first and $last and upload_date <= due_date + $review_days
    group by all
),

month_count as (
    select
        due_date,
        org_code,
        count(*) filter (where kind = 'page') as pages,
        count(*) filter (where kind = 'discharge') as discharges
    from month_record
    where is_withdrawn is not true
    group by all
)

select
    counted.due_date as upload_date,
    counted.org_code,
    counted.path,
    counted.line,
    'front_page_id' as column_name,
    counted.pages::varchar as value
from counted
anti join validated.inpatient_discharge as withdrawn
    on
        counted.org_code = withdrawn.org_code
        and counted.visit_id = withdrawn.visit_id
        and withdrawn.upload_date <= counted.due_date + $review_days
        and (withdrawn.void_flag = '1' or withdrawn.modify_flag = '3')
where
    counted.pages <> 1
union all
select
    due_date as upload_date,
    org_code,
    null as path,
    null as line,
    'discharge_time' as column_name,
    pages || '/' || discharges as value
from month_count
where pages <> discharges
