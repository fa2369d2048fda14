-- The last tick of each schedule that was claimed. Moments are milliseconds since the epoch; held_until is 0 when the run has ended.
create table schedule_tick (
    schedule   text   primary key,
    due_at     bigint not null,
    attempt    int    not null,
    held_until bigint not null
);
