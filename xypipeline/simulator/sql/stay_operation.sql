-- The operations on record of each stay, numbered as on its front page.
-- Grain: one row per operation.
select
    this.encounter_key,
    row_number() over (partition by this.encounter_key order by this.row_no) as operation_seq_no,
    operation.operation_code,
    operation.operation_name,
    operation.operation_level_code,
    operation.incision_class_code,
    anesthesia_method(
        operation.anesthesia_method_code, this.row_no, anesthesia.rows, anesthesia.parent_rows
    ) as anesthesia_method_code,
    operation_start(this.event_date, encounter.start_time, this.encounter, this.h)::date as operation_date,
    surgeon.staff_id as surgeon_id,
    surgeon.staff_name as surgeon_name
from skeleton('operation_record', 0, 999) as this
inner join encounter on this.encounter_key = encounter.encounter_key
inner join word_operation as operation on operation_of(this.h) = operation.no
inner join staff as surgeon on doctor_of(this.h, 12) = surgeon.staff_no
left join stream_size as anesthesia
    on
        this.encounter = anesthesia.encounter
        and anesthesia.table_code = 'anesthesia_record'
where this.encounter = 'inpatient'
order by
    this.encounter_key,
    operation_seq_no
