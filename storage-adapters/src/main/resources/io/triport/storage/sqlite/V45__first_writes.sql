-- When the first write of the namespace was that anybody knows of; 0 for none.
alter table namespace_total add column first_at integer not null default 0;

update namespace_total set first_at = known.first_at
from (select namespace, min(created_at) as first_at from entry where created_at > 0 group by namespace) known
where known.namespace = namespace_total.namespace;

drop view key_total;

create view key_total as
select namespace as space, keys, bytes, ending, written_at, first_at from namespace_total;

-- Keys with a colour, from the labels to the keys.
create view key_painted as
select e.namespace as space, e.key, e.expires_at, d.color
from key_detail d cross join entry e on e.namespace = d.namespace and e.key = d.key
where d.color <> '';
