-- The databases of objects, in pages of 4,096 bytes, numbered from 1. One may be missing: what is in it does not matter.
create table page (
    object integer not null,
    number integer not null,
    bytes blob not null,
    unique (object, number)
);
