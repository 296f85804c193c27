-- Vocabulary of the recipes. Each macro is a function of ordinals and hashes, so that a value can be told
-- again wherever it is needed: the time of an order, for one, also when it is dispensed.

-- A whole number from 0 up to but not including n; the salt tells the draws of one row apart.
create or replace macro draw(h, salt, n) as (hash(h, salt) % n)::bigint;

-- One of the values of a list.
create or replace macro choose(h, salt, options) as options[1 + (hash(h, salt) % len(options))::bigint];

-- Another value of a list for each number, until it begins again; where it begins differs by row.
create or replace macro one_after_another(h, n, options) as options[
    1 + ((hash(h, 213) % len(options))::bigint + n) % len(options)
];

-- True for about `share` of a thousand.
create or replace macro happens(h, salt, share) as hash(h, salt) % 1000 < share;

create or replace macro ceil_div(a, b) as (a + b - 1) // b;

-- The first child's ordinal: children are spread evenly over their parents.
create or replace macro first_child_of(parent, child_rows, parent_rows) as ceil_div(
    parent * child_rows, parent_rows
);
create or replace macro has_child(parent, child_rows, parent_rows) as
child_rows > 0
and first_child_of(parent, child_rows, parent_rows) < first_child_of(parent + 1, child_rows, parent_rows);

-- A moment from `from_minute` to `to_minute` after another.
create or replace macro later(moment, h, salt, from_minute, to_minute) as
moment + to_seconds(from_minute * 60 + draw(h, salt, (to_minute - from_minute) * 60 + 1));

-- A moment of a day, between two minutes of it.
create or replace macro clock(day, h, salt, from_minute, to_minute) as
later(day::timestamp, h, salt, from_minute, to_minute);

create or replace macro numbered(prefix, n) as prefix || right('00000000' || n::varchar, 8);

create or replace macro register_time(day, h) as clock(day, h, 101, 450, 990);
create or replace macro charge_time(visit_time, h) as later(visit_time, h, 102, 20, 40);
create or replace macro stay_time(day, admission_time, h) as
case
    when admission_time::date = day then later(admission_time, h, 103, 15, 300)
    else clock(day, h, 103, 420, 1260)
end;
create or replace macro event_time(day, start_time, encounter, h, from_minute, to_minute) as
case
    when encounter = 'outpatient' then later(start_time, h, 104, from_minute, to_minute)
    else stay_time(day, start_time, h)
end;
create or replace macro report_time(event_moment, h) as later(event_moment, h, 105, 30, 90);

create or replace macro prescribed_quantity(h) as 1 + draw(h, 201, 4);
-- The first order of each four that a patient gets on a day is one of the laboratory. A drug is ordered where
-- it will be dispensed.
create or replace macro ordered_is_drug(h, order_no, sequence) as
sequence % 4 <> 1
and happens(h, 202, 900)
and (
    getvariable('dispensing_count') = 0
    or has_child(order_no, getvariable('dispensing_count'), getvariable('order_count'))
);
create or replace macro ordered_kind(h, sequence) as
case sequence % 4 when 1 then '3' else choose(h, 212, ['2', '5', '7']) end;
-- The level of a stay's nursing: 2 first class, 3 second, 4 third.
create or replace macro nursing_level(h) as choose(h, 63, ['2', '3', '3', '4']);
create or replace macro nursing_order(level_code) as
case level_code when '2' then '一级护理' when '3' then '二级护理' else '三级护理' end;
create or replace macro fee_quantity(h) as 1 + draw(h, 203, 3);
create or replace macro amount_of(unit_price, quantity) as (unit_price * quantity)::decimal(12, 2);

create or replace macro drug_of(h) as draw(h, 204, getvariable('drug_count'));
create or replace macro charge_item_of(h) as draw(h, 205, getvariable('charge_item_count'));
-- The first line of each charge of a visit with a laboratory report is for the laboratory.
create or replace macro outpatient_item_of(h, sequence, encounter_key) as
case
    when
        sequence = 1
        and has_child(encounter_key // 2, getvariable('visit_lab_count'), getvariable('visit_count'))
        then choose(h, 211, getvariable('lab_items'))
    else charge_item_of(h)
end;
create or replace macro exam_item_of(h) as draw(h, 206, getvariable('exam_item_count'));
create or replace macro operation_of(h) as draw(h, 207, getvariable('operation_count'));
create or replace macro bacteria_of(h) as draw(h, 208, getvariable('bacteria_count'));
create or replace macro tcm_of(h) as draw(h, 209, getvariable('tcm_count'));
create or replace macro lab_panel_of(h) as draw(h, 210, getvariable('lab_panel_count'));

-- Staff are numbered doctors first, then nurses, then technicians.
create or replace macro doctor_of(h, salt) as draw(h, salt, getvariable('doctor_count'));
-- A doctor's title by his number: 1 chief, 2 deputy chief, 3 attending, 4 resident.
create or replace macro doctor_level(staff_no) as (1 + staff_no % 4)::varchar;
-- The doctor himself, or for a resident the one before.
create or replace macro senior_of(staff_no) as staff_no - (staff_no % 4 = 3)::integer;
create or replace macro nurse_of(h, salt) as
getvariable('doctor_count') + draw(h, salt, getvariable('nurse_count'));
create or replace macro technician_of(h, salt) as
getvariable('doctor_count') + getvariable('nurse_count')
+ draw(h, salt, getvariable('technician_count'));
create or replace macro staff_id(n) as numbered('S', n);
create or replace macro dept_code(n) as 'K' || right('000' || n::varchar, 3);

-- GB 11643: the check digit of the first 17 places of an id card's number.
create or replace macro id_card_weighted_sum(body) as list_sum(
    list_transform(
        list_zip(
            string_split(body, ''), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        ),
        lambda place: place[1]::integer * place[2]
    )
)::integer;
create or replace macro with_id_card_check_digit(body) as
body || ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][1 + id_card_weighted_sum(body) % 11];

-- No number in use begins with 1999, so these are nobody's.
create or replace macro mobile_phone(h, salt) as '1999'
|| right('000000' || draw(h, salt, 10000000)::varchar, 7);

-- From a row to its parent: by the parents' number, or among the admissions that are in on the day.
create or replace macro step(
    child, child_rows, parent_rows, first_row, next_row, window_first, window_next
) as
case
    when window_first is null then child * parent_rows // child_rows
    else window_first + (child - first_row) * (window_next - window_first) // (next_row - first_row)
end;
create or replace macro first_child_row(
    parent, child_rows, parent_rows, first_row, next_row, window_first, window_next
) as
case
    when window_first is null then ceil_div(parent * child_rows, parent_rows)
    else first_row + ceil_div((parent - window_first) * (next_row - first_row), window_next - window_first)
end;

create or replace macro clinical_dept_of(h, salt) as choose(h, salt, getvariable('clinical_depts'));
create or replace macro years_between(birth_date, moment) as datesub('year', birth_date, moment::date);
create or replace macro panel_of(report_no, report_h, culture_rows, report_rows) as
case
    when has_child(report_no, coalesce(culture_rows, 0), report_rows) then getvariable('lab_panel_count')
    else lab_panel_of(report_h)
end;
-- A measured value: mostly within its limits, sometimes above or below.
create or replace macro measured(h, low, high) as (
    case
        when hash(h, 221) % 10 < 8 then low + (high - low) * (5 + draw(h, 222, 91)) / 100.0
        when hash(h, 221) % 10 = 8 then high * (105 + draw(h, 222, 36)) / 100.0
        else low * (60 + draw(h, 222, 36)) / 100.0
    end
)::decimal(12, 3);
create or replace macro with_decimals(n, decimals) as
case decimals
    when 0 then n::decimal(12, 0)::varchar
    when 1 then n::decimal(12, 1)::varchar
    else n::decimal(12, 2)::varchar
end;
create or replace macro abnormal_flag(reading, low, high) as
case
    when reading::decimal(12, 2) > high then '3'
    when reading::decimal(12, 2) < low then '4'
    else '1'
end;
create or replace macro ward_beds(h) as 20 + draw(h, 21, 40);
-- A dictionary is dated by update_time; it is collected that moment.
create or replace macro update_time(day, h) as clock(day, h, 2, 30, 330);
create or replace macro operation_start(day, start_time, encounter, h) as
later(event_time(day, start_time, encounter, h, 30, 60), h, 241, 25, 90);
-- Local (35) where no anaesthesia record tells of the operation, though such records are uploaded.
create or replace macro anesthesia_method(usual_code, operation_no, anesthesia_rows, operation_rows) as
case
    when anesthesia_rows is null or has_child(operation_no, anesthesia_rows, operation_rows) then usual_code
    else '35'
end;
create or replace macro operation_end(day, start_time, encounter, h) as
later(operation_start(day, start_time, encounter, h), h, 242, 30, 180);

-- Id cards of faults: a right one, and one with another check digit.
create or replace macro id_card(birth_date, sex_code) as
with_id_card_check_digit(
    '411500' || strftime(birth_date, '%Y%m%d') || '70' || (2 + (sex_code = '1')::integer)
);
create or replace macro wrong_id_card(birth_date, sex_code) as
left(id_card(birth_date, sex_code), 17)
|| case right(id_card(birth_date, sex_code), 1) when '0' then '1' else '0' end;
