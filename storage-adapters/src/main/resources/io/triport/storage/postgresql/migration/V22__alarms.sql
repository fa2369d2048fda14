-- The alarms of objects. Moments are milliseconds since the epoch, by the clock of the node that set them.
create table do_alarm (
    ns           text   not null,
    id           bytea  not null,
    due_at       bigint not null,
    scheduled_at bigint not null,
    retries      int    not null,
    primary key (ns, id)
);

create index do_alarm_time on do_alarm (ns, due_at);
