-- Every file seen and what became of it; an archive takes its status from its members, which carry the rows.
-- Grain: one row per file, and one per member of an archive. Status is null while a file waits to be read.
create or replace view landing.file as
with unparsed as (
    select distinct path
    from raw.defect
    where rule_id = 'I01'
),

tally as (
    select *
    from validated.tally
    union all by name
    select *
    from validated.control_tally
),

judged as (
    select
        arrival.*,
        reading.rows_received,
        tally.rows_accepted,
        tally.rows_fatal,
        array_to_string(string_split(arrival.path, '/')[1:3], '/') as delivered_path,
        coalesce(arrival.reason, reading.reason) as remark,
        case
            when arrival.reason is not null or reading.is_refused then 'refused'
            when unparsed.path is not null then 'partly_loaded'
            when reading.path is not null then 'loaded'
        end as fate
    from landing.arrival as arrival
    left join raw.reading as reading on arrival.path = reading.path
    left join tally on arrival.path = tally.path
    left join unparsed on arrival.path = unparsed.path
),

archived as (
    select
        delivered_path as path,
        count(*) as members,
        count(*) filter (where fate = 'loaded') as members_loaded,
        count(*) filter (where fate = 'refused') as members_refused,
        count(*) filter (where fate is null) as members_waiting
    from judged
    where path <> delivered_path
    group by delivered_path
),

described as (
    select
        judged.* exclude (reason),
        case
            when archived.path is null then judged.fate
            when archived.members_refused = archived.members then 'refused'
            when archived.members_waiting > 0 then null
            when archived.members_loaded = archived.members then 'loaded'
            else 'partly_loaded'
        end as status,
        case
            when archived.members_loaded + archived.members_waiting < archived.members
                then format(
                    '压缩包内 {} 个文件中有 {} 个未接收或只部分入库，原因见各文件',
                    archived.members,
                    archived.members - archived.members_loaded - archived.members_waiting
                )
            else judged.remark
        end as reason
    from judged
    left join archived on judged.path = archived.path
)

select
    upload_date,
    path,
    org_code,
    table_code,
    bytes,
    sha256,
    status,
    reason,
    rows_received,
    rows_accepted,
    rows_fatal
from described
