-- Where the uploads of one model hospital are changed before they are written.
drop schema if exists upload cascade;
create schema upload;
-- Numbers of visits and stays, as faults name them.
create or replace macro visit(n) as numbered('M', n);
create or replace macro stay(n) as numbered('Z', n);
