-- Records of one table whose key occurs in a single row, unless that row revokes them.
-- Grain: one row per hospital and day with such a record.
-- Source: docs/scoring.md, clauses 2 and 3.
select
    accepted.org_code,
    accepted.upload_date,
    count(*) as records_new
from record_version as accepted
anti join repeated_row on accepted.row_id = repeated_row.row_id
where accepted.modify_flag is distinct from '3'
group by
    accepted.org_code,
    accepted.upload_date
