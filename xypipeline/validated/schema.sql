-- The tables of the stage that are the same whatever the standard says.
-- Grain: tally, one row per file, and control_tally the same of the control tables, which count nowhere;
-- finding, one row per breach of a rule; judged_day, one row per upload date for which the rules across rows
-- were judged since its rows were last judged by themselves; rule_error, one row per rule across rows, table
-- and days for which it could not be computed.
create table if not exists validated.tally (
    path varchar,
    upload_date date,
    org_code varchar,
    table_code varchar,
    rows_accepted bigint,
    rows_qualified bigint,
    rows_fatal bigint
);

create table if not exists validated.control_tally (
    path varchar,
    upload_date date,
    org_code varchar,
    table_code varchar,
    rows_accepted bigint,
    rows_qualified bigint,
    rows_fatal bigint
);

create table if not exists validated.finding (
    upload_date date,
    org_code varchar,
    table_code varchar,
    path varchar,
    line bigint,
    column_name varchar,
    rule_id varchar,
    severity varchar,
    value_masked varchar
);

create table if not exists validated.judged_day (
    upload_date date primary key,
    standard_version varchar not null
);

create table if not exists validated.rule_error (
    rule_id varchar not null,
    table_code varchar not null,
    first_day date not null,
    last_day date not null
);
