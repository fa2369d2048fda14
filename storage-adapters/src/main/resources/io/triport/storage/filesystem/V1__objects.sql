-- Keys are blobs, so that their order is that of bytes. A delete marker has no etag. Bytes lie in one file, or in the parts of an
-- upload, whose rows stay as long as the object does. Texts of a map are joined with their lengths.

create table object (
    number integer primary key,
    key blob not null,
    version text not null,
    latest integer not null,
    modified integer not null,
    etag text,
    size integer not null,
    bytes text not null,
    upload integer not null,
    parts integer not null,
    http blob not null,
    metadata blob not null,
    tags blob not null,
    storage_class text not null,
    checksum text not null
);

create unique index object_by_key on object (key, number desc, version);

create unique index object_listed on object (key) where latest = 1 and etag is not null;

create index object_by_bytes on object (bytes) where bytes <> '';

-- A completed one has a time of completion, and answers for an hour what it became.
create table upload (
    number integer primary key,
    id text not null unique,
    key blob not null,
    started integer not null,
    http blob not null,
    metadata blob not null,
    tags blob not null,
    storage_class text not null,
    algorithm text not null,
    scope text not null,
    dropped integer not null,
    completed integer not null,
    claims blob not null,
    version text not null,
    etag text not null,
    size integer not null,
    checksum text not null
);

create index upload_open on upload (key, number) where dropped = 0 and completed = 0;

create index upload_to_collect on upload (number) where dropped = 1 or completed = 0;

-- The place is an offset within the object, and -1 before it is one.
create table part (
    upload integer not null,
    number integer not null,
    place integer not null,
    size integer not null,
    etag text not null,
    modified integer not null,
    bytes text not null,
    checksum text not null,
    primary key (upload, number)
) without rowid;

create index part_by_place on part (upload, place) where place >= 0 and size > 0;

create index part_by_bytes on part (bytes);

create table counter (
    name text primary key,
    value integer not null
) without rowid;

insert into counter (name, value) values ('version', 0), ('probe', 0);

create table engine_key (
    name text primary key,
    value blob not null
) without rowid;
