-- Moments are milliseconds since the epoch.
create table alarm (
    object integer primary key,
    due_at integer not null,
    scheduled_at integer not null,
    retries integer not null
);

create index alarm_by_time on alarm (due_at);
