-- The last tick of each schedule that was claimed. Moments are milliseconds since the epoch; held_until is 0 when the run has ended.
create table schedule_tick (
    schedule text primary key,
    due_at integer not null,
    attempt integer not null,
    held_until integer not null
) without rowid;
