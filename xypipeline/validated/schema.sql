-- The tables of the stage that are the same whatever the standard says.
-- Grain: tally, one row per file, and control_tally the same of the control tables, which count nowhere;
-- finding, one row per breach of a rule.
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
