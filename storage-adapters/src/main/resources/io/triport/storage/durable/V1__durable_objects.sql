-- Ids, names and keys are blobs, so that order and equality are those of bytes. A name is empty where it is not known.

create table object (
    no integer primary key,
    class text not null,
    id blob not null,
    name blob not null,
    unique (class, id)
);

create table state (
    object integer not null,
    key blob not null,
    value blob not null,
    unique (object, key)
);

create table counter (
    name text primary key,
    value integer not null
) without rowid;

insert into counter (name, value) values ('version', 0), ('probe', 0), ('epoch', 0);

create table engine_key (
    name text primary key,
    value blob not null
) without rowid;
