-- Which vector indexes there are; the vectors of each lie in a table of its own, which the extension vector has to be there for.
create table vector_index (
  id text primary key,
  name text not null unique collate "C",
  dimensions int not null,
  metric text not null,
  created bigint not null,
  changed bigint not null,
  mutation bigint not null default 0,
  vectors bigint not null default 0,
  next_place int not null default 0
);

-- What vectors are found by: a place that no other property of the index has had, and the column that its values are in.
create table vector_property (
  index_id text not null references vector_index on delete cascade,
  place int not null,
  slot int not null,
  name bytea not null,
  type text not null,
  primary key (index_id, place)
);
