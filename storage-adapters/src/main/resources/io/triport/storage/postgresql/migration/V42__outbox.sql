-- Messages that objects have sent and no queue has taken yet. A delay is in milliseconds, -1 for that of the queue.
create table do_outbox (
    number   bigint generated always as identity primary key,
    queue    text   not null,
    type     text   not null,
    body     bytea  not null,
    delay    bigint not null,
    ordering bytea  not null,
    dedup    bytea  not null,
    producer bytea  not null
);

create index do_outbox_queue on do_outbox (queue, number);
