-- Tables with accepted rows, with findings, or declared by a hospital in some days.
select table_code
from validated.tally
where upload_date between $first and $last and rows_accepted > 0
union
select table_code
from validated.finding
where upload_date between $first and $last
union
select table_code
from validated.declaration
where upload_date between $first and $last
