-- R38-03: no antibiotic is reported twice for a culture; the result with the higher number is given.
-- A single version of the other result that differs or is revoked will do.
with pair as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.antibiotic_code,
        other.susceptibility_id as other_id,
        bool_and(
            child.antibiotic_code = other.antibiotic_code and other.modify_flag is distinct from '3'
        ) as is_same
    from validated.lab_susceptibility_result as child
    inner join validated.lab_susceptibility_result as other
        on
            child.org_code = other.org_code
            and child.report_id = other.report_id
            and child.bacteria_result_id = other.bacteria_result_id
            and child.susceptibility_id > other.susceptibility_id
            and child.upload_date + $review_days >= other.upload_date
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
    group by all
)

select distinct
    upload_date,
    org_code,
    path,
    line,
    'antibiotic_code' as column_name,
    antibiotic_code as value
from pair
where is_same
