-- From the writes to the keys, and never the other way round, which would be a walk through all keys: a cross join is in the order in
-- which it is written.
drop view key_recent;

create view key_recent as
select e.namespace as space, e.key, e.size, e.expires_at, r.version, e.created_at, e.updated_at,
       d.tags, d.custom, d.color, d.labelled_at
from recent_write r
cross join entry e on e.rowid = r.entry and e.version = r.version
left join key_detail d on d.namespace = e.namespace and d.key = e.key;

-- Keys without their labels, for counting: looking for labels that are then not read would double the cost.
create view key_entry as
select e.namespace as space, e.key, e.size, e.expires_at, e.version, e.created_at, e.updated_at from entry e;
