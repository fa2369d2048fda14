-- What was purged from caches, for the caches of all nodes. The one row of the revision is locked by whoever adds one, so that
-- numbers become visible in their order.
create table cache_purge_revision (
  one boolean primary key default true check (one),
  number bigint not null default 0,
  forgotten bigint not null default 0
);

insert into cache_purge_revision default values;

create table cache_purge (
  number bigint primary key,
  at bigint not null,
  cache text not null,
  kind text not null,
  what bytea not null
);
