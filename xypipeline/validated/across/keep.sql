-- What was found, as findings, in the order of the rules. Grain: one row per breach.
insert into validated.finding by name
select * exclude (query_no) -- noqa: AM04
from found
order by query_no, rowid
