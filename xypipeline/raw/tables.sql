-- What reading the files gave; the rows themselves are in one further table per table of the standard.
-- Grain: reading, one row per file that was tried to be read; defect, one row per line that could not be
-- parsed (I01), and one per column kept out (I02).
create table if not exists raw.reading (
    path varchar not null,
    upload_date date not null,
    org_code varchar not null,
    table_code varchar not null,
    rows_received bigint not null,
    is_refused boolean not null,
    reason varchar
);

create table if not exists raw.defect (
    upload_date date not null,
    org_code varchar not null,
    table_code varchar not null,
    path varchar not null,
    line bigint not null,
    rule_id varchar not null,
    column_name varchar,
    detail varchar not null,
    content varchar
);
