-- Titles, keys and texts are blobs, so that order and equality are those of bytes, whatever the characters.

create table namespace (
    no integer primary key autoincrement,
    id text not null unique,
    title blob not null unique
);

-- Numbers of namespaces whose entries remain to be removed. A number is never given again.
create table dropped_namespace (
    no integer primary key
);

-- A value lies in the column, or in the file that blob names. The largest expires_at means never.
create table entry (
    namespace integer not null,
    key blob not null,
    value blob not null,
    blob text not null,
    size integer not null,
    checksum integer not null,
    metadata blob not null,
    expires_at integer not null,
    version integer not null,
    unique (namespace, key)
);

create index entry_by_expiry on entry (expires_at) where expires_at < 9223372036854775807;

create index entry_by_blob on entry (blob) where blob <> '';

create table idempotent_call (
    call blob primary key,
    content blob not null,
    answer blob not null,
    kept_until integer not null
) without rowid;

create index idempotent_call_by_end on idempotent_call (kept_until);

create table credential (
    id blob primary key,
    sealed blob not null
);

create table counter (
    name text primary key,
    value integer not null
) without rowid;

insert into counter (name, value) values ('version', 0), ('credentials', 0), ('probe', 0);

create table engine_key (
    name text primary key,
    value blob not null
) without rowid;
