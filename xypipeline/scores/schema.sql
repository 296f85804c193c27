-- The tables of this stage; what each row and column means is said in models.py.
create table if not exists scores.ledger (
    org_code varchar not null,
    table_code varchar not null,
    upload_date date not null,
    rows_received bigint not null,
    rows_accepted bigint not null,
    rows_qualified bigint not null,
    rows_fatal bigint not null,
    records_new bigint not null
);

create table if not exists scores.expected_day (
    org_code varchar not null,
    expected_date date not null
);

create table if not exists scores.standing (
    period varchar not null,
    as_of date not null,
    standard_version varchar not null,
    policy_version varchar not null,
    registry_version varchar not null,
    seq integer not null,
    district varchar not null,
    org_code varchar not null,
    hospital varchar not null,
    platform varchar,
    tables_required integer not null,
    tables_applicable integer not null,
    tables_uploaded integer not null,
    rows_uploaded bigint not null,
    upload_days integer not null,
    expected_days integer not null,
    interruption_days integer,
    longest_gap_days integer,
    last_upload_date date,
    days_since_last_upload integer,
    rows_accepted bigint not null,
    rows_qualified bigint not null,
    tier integer,
    is_severely_missing boolean,
    is_good_continuity boolean,
    score decimal(20, 15),
    rank integer,
    remark varchar
);

create table if not exists scores.table_standing (
    period varchar not null,
    as_of date not null,
    org_code varchar not null,
    table_code varchar not null,
    is_applicable boolean not null,
    rows_uploaded bigint not null,
    upload_days integer not null,
    expected_days integer not null,
    interruption_days integer,
    longest_gap_days integer,
    last_upload_date date,
    days_since_last_upload integer,
    rows_accepted bigint not null,
    rows_qualified bigint not null
);

create table if not exists scores.patrol_calendar (
    patrol_date date not null,
    org_code varchar not null,
    platform varchar,
    is_expected boolean not null
);

create table if not exists scores.patrol_hospital (
    patrol_date date not null,
    org_code varchar not null,
    state varchar not null,
    last_upload_date date,
    days_since_last_upload integer,
    silence varchar,
    silent_since date,
    silent_days integer,
    returned_after_days integer,
    is_first_upload boolean not null
);

create table if not exists scores.patrol_table (
    patrol_date date not null,
    org_code varchar not null,
    table_code varchar not null,
    last_delivery_date date not null,
    silent_since date,
    silent_days integer,
    returned_after_days integer
);

create table if not exists scores.patrol_delay (
    patrol_date date not null,
    org_code varchar not null,
    table_code varchar not null,
    newest_event_date date not null,
    delay_days integer not null
);

-- Quarters that were scored before there was a register of applicability: every table was applicable.
alter table scores.standing add column if not exists tables_applicable integer;
update scores.standing
set tables_applicable = tables_required
where tables_applicable is null;

alter table scores.table_standing add column if not exists is_applicable boolean;
update scores.table_standing
set is_applicable = true
where is_applicable is null;
