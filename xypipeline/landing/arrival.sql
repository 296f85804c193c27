-- What lies in the landing folder; refused files too.
-- Grain: one row per file seen, and one per member of an archive.
create table if not exists landing.arrival (
    path varchar not null,
    upload_date date,
    org_code varchar,
    table_code varchar,
    kind varchar,
    bytes bigint,
    sha256 varchar,
    reason varchar
)
