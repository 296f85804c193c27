-- The rows of one table on some upload days: ordinals and hashes of the row, its parents and its encounter.
-- Grain: one row per encounter kind and ordinal.
create or replace macro skeleton(wanted_table, first_day, last_day) as table
    with asked as (
        select
            wanted_table as table_code,
            first_day as from_day,
            last_day as to_day
    ),

    own_slot as (
        select
            slot.*,
            parent.parent_table as grandparent_table,
            parent.rows as parent_stream_rows,
            parent.parent_rows as grandparent_rows,
            parent.first_row as parent_first_row,
            parent.next_row as parent_next_row,
            parent.window_first as parent_window_first,
            parent.window_next as parent_window_next,
            grandparent.rows as grandparent_stream_rows,
            grandparent.parent_rows as great_rows,
            grandparent.first_row as grandparent_first_row,
            grandparent.next_row as grandparent_next_row,
            grandparent.window_first as grandparent_window_first,
            grandparent.window_next as grandparent_window_next
        from slot
        cross join asked
        left join slot as parent
            on
                slot.parent_table = parent.table_code
                and slot.encounter = parent.encounter
                and slot.day_no = parent.day_no
        left join slot as grandparent
            on
                parent.parent_table = grandparent.table_code
                and slot.encounter = grandparent.encounter
                and slot.day_no = grandparent.day_no
        where
            slot.table_code = asked.table_code
            and slot.day_no between asked.from_day and asked.to_day
    ),

    numbered_row as (
        select
            own_slot.*,
            unnest(range(own_slot.first_row, own_slot.next_row)) as row_no
        from own_slot
    ),

    with_parent as (
        select
            *,
            step(
                row_no - row_no % rows_per_event,
                rows,
                parent_rows,
                first_row,
                next_row,
                window_first,
                window_next
            ) as parent_no
        from numbered_row
    ),

    -- No table has a parent of which two rows tell of one event.
    with_grandparent as (
        select
            *,
            step(
                parent_no,
                parent_stream_rows,
                grandparent_rows,
                parent_first_row,
                parent_next_row,
                parent_window_first,
                parent_window_next
            ) as grandparent_no
        from with_parent
    )

    select
        encounter,
        day_no,
        upload_date,
        upload_date - 1 as event_date,
        row_no,
        row_no - first_row as day_row,
        parent_no,
        grandparent_no,
        case depth
            when 0 then row_no
            when 1 then parent_no
            when 2 then grandparent_no
            when 3
                then step(
                    grandparent_no,
                    grandparent_stream_rows,
                    great_rows,
                    grandparent_first_row,
                    grandparent_next_row,
                    grandparent_window_first,
                    grandparent_window_next
                )
        end * 2 + (encounter = 'inpatient')::bigint as encounter_key,
        row_no - first_child_row(
            parent_no, rows, parent_rows, first_row, next_row, window_first, window_next
        ) + 1 as sequence,
        parent_no - first_child_row(
            grandparent_no,
            parent_stream_rows,
            grandparent_rows,
            parent_first_row,
            parent_next_row,
            parent_window_first,
            parent_window_next
        ) + 1 as parent_sequence,
        hash(hospital_seed, table_code, encounter, row_no) as h,
        hash(hospital_seed, parent_table, encounter, parent_no) as parent_h,
        hash(hospital_seed, grandparent_table, encounter, grandparent_no) as grandparent_h
    from with_grandparent
