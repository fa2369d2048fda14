-- The databases of objects, in pages of 4,096 bytes, numbered from 1. One may be missing: what is in it does not matter.
create table do_page (
    ns     text  not null,
    id     bytea not null,
    number int   not null,
    bytes  bytea not null,
    primary key (ns, id, number)
);
