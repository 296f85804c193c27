-- R32-03: no diagnosis stands twice on a front page; the one with the higher number is given.
-- A single version of the other diagnosis that differs or is revoked will do.
with pair as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        child.diag_code,
        other.diag_seq_no as other_seq_no,
        bool_and(child.diag_code = other.diag_code and other.modify_flag is distinct from '3') as is_same
    from validated.front_page_diagnosis as child
    inner join validated.front_page_diagnosis as other
        on
            child.org_code = other.org_code
            and child.front_page_id = other.front_page_id
            and child.diag_seq_no > other.diag_seq_no
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
    'diag_code' as column_name,
    diag_code as value
from pair
where is_same
