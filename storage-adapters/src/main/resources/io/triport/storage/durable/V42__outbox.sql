-- Messages that objects have sent and no queue has taken yet. A delay is in milliseconds, -1 for that of the queue.
create table outbox (
    number integer primary key autoincrement,
    queue text not null,
    type text not null,
    body blob not null,
    delay integer not null,
    ordering blob not null,
    dedup blob not null,
    producer text not null
);

create index outbox_by_queue on outbox (queue, number);
