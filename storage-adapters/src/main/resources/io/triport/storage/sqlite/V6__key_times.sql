-- Zero in a row that an older version wrote and nobody has written since.
alter table entry add column created_at integer not null default 0;
alter table entry add column updated_at integer not null default 0;

-- With the namespace, so that ends are counted without a look at the rows.
drop index entry_by_expiry;
create index entry_by_expiry on entry (expires_at, namespace) where expires_at < 9223372036854775807;

-- What the rows of entry sum up to, the expired ones included; written once by each transaction.
create table namespace_total (
    namespace integer primary key,
    keys integer not null,
    bytes integer not null,
    ending integer not null,
    written_at integer not null
);

insert into namespace_total (namespace, keys, bytes, ending, written_at)
select namespace, count(*), sum(size), sum(expires_at < 9223372036854775807), 0 from entry group by namespace;
