-- Which databases of users there are; each is a database of its own on this server, with a role that may reach nothing else.
create table sql_database (
  id text primary key,
  name text not null collate "C",
  created bigint not null,
  password text not null,
  state text not null check (state in ('making', 'ready', 'dropping')),
  since timestamptz not null default now()
);

create unique index sql_database_name on sql_database (name) where state <> 'dropping';
