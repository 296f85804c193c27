-- R23-02: each stay of 24 hours and more has exactly one admission record.
-- Judged by the discharge, whose row is given; the value counts the records. A stay that began before the
-- hospital sent its first such record is not judged, nor a discharge that was recalled (voided) or revoked.
with stay as (
    select
        child.upload_date,
        child.org_code,
        child.path,
        child.line,
        written.record_id,
        bool_or(written.modify_flag = '3') as is_revoked
    from validated.inpatient_discharge as child
    inner join arrived
        on
            child.org_code = arrived.org_code
            and arrived.table_code = 'admission_record'
            and child.admission_time::date >= arrived.first_day
    left join validated.admission_record as written
        on
            child.org_code = written.org_code
            and child.visit_id = written.visit_id
            and child.upload_date + $review_days >= written.upload_date
    where
        child.upload_date between $first and $last
        and child.modify_flag is distinct from '3'
        and child.void_flag is distinct from '1'
        and child.discharge_time >= child.admission_time + interval 24 hour
    group by all
),

counted as (
    select
        upload_date,
        org_code,
        path,
        line,
        count(record_id) filter (where is_revoked is not true) as records
    from stay
    group by all
)

select
    upload_date,
    org_code,
    path,
    line,
    'record_id' as column_name,
    records::varchar as value
from counted
where records <> 1
