-- R03-03: a staff number stands for one person: rows of it never name two id numbers. Told of each row when
-- one day names both, else once, of the row that brings another number than the rows before it: a corrected
-- number is told of that day and not on every day after it.
with judged as (
    select
        upload_date,
        org_code,
        path,
        line,
        staff_id,
        upper(id_no) as id_no
    from validated.staff
    where upload_date between $first and $last and modify_flag is distinct from '3' and id_no is not null
),

known as (
    select
        org_code,
        staff_id,
        upper(id_no) as id_no,
        min(upload_date) as first_day
    from validated.staff
    where
        modify_flag is distinct from '3'
        and id_no is not null
        and (org_code, staff_id) in (select (judged.org_code, judged.staff_id) from judged)
    group by org_code, staff_id, upper(id_no)
)

select
    judged.upload_date,
    judged.org_code,
    judged.path,
    judged.line,
    'staff_id' as column_name,
    judged.staff_id as value
from judged
inner join known as own
    on judged.org_code = own.org_code and judged.staff_id = own.staff_id and judged.id_no = own.id_no
where
    exists (
        select 1
        from judged as twin
        where
            twin.org_code = judged.org_code
            and twin.staff_id = judged.staff_id
            and twin.upload_date = judged.upload_date
            and twin.id_no <> judged.id_no
    )
    or (
        own.first_day = judged.upload_date
        and exists (
            select 1
            from known as other
            where
                other.org_code = judged.org_code
                and other.staff_id = judged.staff_id
                and other.id_no <> judged.id_no
                and other.first_day < judged.upload_date
        )
    )
