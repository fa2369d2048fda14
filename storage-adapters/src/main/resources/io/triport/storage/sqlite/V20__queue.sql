-- Moments are milliseconds since the epoch. Numbers are never given again, so that a lease of a removed message is nobody's.

create table queue_message (
    number integer primary key autoincrement,
    queue text not null,
    id text not null,
    origin_queue text not null,
    origin_id text not null,
    origin_sent_at integer not null,
    type text not null,
    body blob not null,
    sent_at integer not null,
    attempts integer not null,
    producer text not null,
    -- Empty for none.
    ordering blob not null,
    ready_at integer not null,
    expires_at integer not null,
    lease integer not null
);

create index queue_message_by_readiness on queue_message (queue, ready_at, number);

create index queue_message_by_ordering on queue_message (queue, ordering, number) where ordering <> x'';

create index queue_message_by_end on queue_message (expires_at);

create table queue_dedup (
    queue text not null,
    dedup blob not null,
    id text not null,
    kept_until integer not null,
    primary key (queue, dedup)
) without rowid;

create index queue_dedup_by_end on queue_dedup (kept_until);

-- Bytes of all messages of a queue, and how many were delivered too often and are gone.
create table queue_count (
    queue text primary key,
    bytes integer not null,
    dropped integer not null
) without rowid;
