-- Moments are milliseconds since the epoch by the clock of the node that writes. What a client chose is bytes: text cannot hold NUL.

create table queue_message (
    number         bigint generated always as identity primary key,
    queue          text   not null,
    id             text   not null,
    origin_queue   text   not null,
    origin_id      text   not null,
    origin_sent_at bigint not null,
    type           text   not null,
    body           bytea  not null,
    sent_at        bigint not null,
    attempts       int    not null,
    producer       bytea  not null,
    -- Empty for none.
    ordering       bytea  not null,
    ready_at       bigint not null,
    expires_at     bigint not null,
    lease          int    not null
);

create index queue_message_readiness on queue_message (queue, ready_at, number);

create index queue_message_ordering on queue_message (queue, ordering, number) where ordering <> '';

create index queue_message_end on queue_message (expires_at);

create table queue_dedup (
    queue      text   not null,
    dedup      bytea  not null,
    id         text   not null,
    kept_until bigint not null,
    primary key (queue, dedup)
);

create index queue_dedup_end on queue_dedup (kept_until);

-- Bytes of all messages of a queue, and how many were delivered too often and are gone: the sums over all slots. Each connection
-- counts in the slot of its own, or else all sends of a queue would wait for each other's commits.
create table queue_count (
    queue   text   not null,
    slot    int    not null,
    bytes   bigint not null,
    dropped bigint not null,
    primary key (queue, slot)
);
