-- Objects whose bytes lie elsewhere, of several indexes. Keys are bytes, so that their order is that of bytes. A delete marker has no
-- etag. Texts of a map are joined with their lengths.

create sequence object_number;

create table object_index (
    number bigint generated always as identity primary key,
    name   text collate "C" not null unique,
    swept  timestamptz      not null default '-infinity'
);

create table object_row (
    number        bigint primary key,
    place         bigint           not null references object_index (number),
    key           bytea            not null,
    version       text collate "C" not null,
    latest        boolean          not null,
    modified      bigint           not null,
    etag          text collate "C" not null,
    size          bigint           not null,
    bytes         text collate "C" not null,
    upload        bigint           not null,
    parts         int              not null,
    http          bytea            not null,
    metadata      bytea            not null,
    tags          bytea            not null,
    storage_class text collate "C" not null,
    checksum      text collate "C" not null
);

create unique index object_row_by_key on object_row (place, key, number desc);
create unique index object_row_listed on object_row (place, key) where latest and etag <> '';
create index object_row_by_bytes on object_row (bytes) where bytes <> '';

-- A completed one has a time of completion, and answers for an hour what it became. Of one that was dropped stands who did and when,
-- for its parts stay as long as somebody may read them.
create table object_upload (
    number        bigint primary key,
    place         bigint           not null references object_index (number),
    id            text collate "C" not null,
    key           bytea            not null,
    started       bigint           not null,
    http          bytea            not null,
    metadata      bytea            not null,
    tags          bytea            not null,
    storage_class text collate "C" not null,
    algorithm     text collate "C" not null,
    scope         text collate "C" not null,
    dropped       boolean          not null,
    completed     bigint           not null,
    claims        bytea            not null,
    version       text collate "C" not null,
    etag          text collate "C" not null,
    size          bigint           not null,
    checksum      text collate "C" not null,
    dropped_at    timestamptz,
    dropped_by    xid8,
    unique (place, id)
);

create index object_upload_open on object_upload (place, key, number) where not dropped and completed = 0;
create index object_upload_to_collect on object_upload (place, number) where dropped or completed = 0;

-- The offset is within the object, and -1 before it is one.
create table object_part (
    upload   bigint           not null,
    number   int              not null,
    at       bigint           not null,
    size     bigint           not null,
    etag     text collate "C" not null,
    modified bigint           not null,
    bytes    text collate "C" not null,
    checksum text collate "C" not null,
    primary key (upload, number)
);

create index object_part_by_offset on object_part (upload, at) where at >= 0 and size > 0;
create index object_part_by_bytes on object_part (bytes);

-- Nodes that read and write objects. All transactions below the horizon had ended before anything began that the node still reads.
create table object_node (
    id      text collate "C" primary key,
    seen    timestamptz not null,
    horizon xid8        not null
);

-- Bytes that are being written, or were when their node died.
create table object_bytes (
    name  text collate "C" primary key,
    place bigint           not null references object_index (number),
    node  text collate "C" not null
);

create index object_bytes_by_node on object_bytes (place, node);

-- Bytes that no row names any more, from the transaction on that took the name away.
create table object_rest (
    name     text collate "C" primary key,
    place    bigint           not null references object_index (number),
    since    timestamptz      not null default clock_timestamp(),
    taken_by xid8             not null default pg_current_xact_id()
);

create index object_rest_by_age on object_rest (place, since);
