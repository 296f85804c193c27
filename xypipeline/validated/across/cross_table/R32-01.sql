-- R32-01: each front page has exactly one main diagnosis: number 1, marked as primary, with the front page's
-- code. Without it the front page's first diagnosis of the day is given, or the front page's row if it has
-- none. A further diagnosis that is marked as primary is given itself.
with judged as (
    select
        upload_date,
        org_code,
        front_page_id,
        arg_min(row(path, line, diag_code), row(diag_seq_no, line)) as first_row
    from validated.front_page_diagnosis
    where
        upload_date between $first and $last
        and modify_flag is distinct from '3'
    group by all
)

select
    judged.upload_date,
    judged.org_code,
    judged.first_row[1] as path,
    judged.first_row[2] as line,
    'diag_code' as column_name,
    judged.first_row[3] as value
from judged
left join validated.front_page as page
    on
        judged.org_code = page.org_code
        and judged.front_page_id = page.front_page_id
        and judged.upload_date + $review_days >= page.upload_date
        and page.modify_flag is distinct from '3'
left join validated.front_page_diagnosis as main
    on
        judged.org_code = main.org_code
        and judged.front_page_id = main.front_page_id
        and judged.upload_date + $review_days >= main.upload_date
        and main.diag_seq_no = 1
        and main.primary_flag = '1'
        and main.modify_flag is distinct from '3'
group by all
having coalesce(bool_or(main.diag_code = coalesce(page.diag_code, main.diag_code)), false) is false
union all
select
    child.upload_date,
    child.org_code,
    child.path,
    child.line,
    'primary_flag' as column_name,
    child.primary_flag as value
from validated.front_page_diagnosis as child
where
    child.upload_date between $first and $last
    and child.modify_flag is distinct from '3'
    and child.primary_flag = '1'
    and child.diag_seq_no <> 1
union all
select
    page.upload_date,
    page.org_code,
    page.path,
    page.line,
    'diag_seq_no' as column_name,
    null as value
from validated.front_page as page
anti join validated.front_page_diagnosis as known
    on
        page.org_code = known.org_code
        and page.front_page_id = known.front_page_id
        and known.upload_date <= page.upload_date + $review_days
        and known.modify_flag is distinct from '3'
where
    page.upload_date between $first and $last
    and page.modify_flag is distinct from '3'
