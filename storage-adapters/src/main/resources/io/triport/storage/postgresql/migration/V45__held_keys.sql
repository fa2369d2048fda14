-- Holds keys for the transaction: nobody else writes them, or makes those that are not there, before it ends.
--
-- A row that is there is locked as ON CONFLICT DO UPDATE locks it, also where nothing is updated. For a key that is not there a row
-- that has expired since ever takes its place, which nobody sees; a write gives it a life, and reclaiming takes away what is left.
-- Keys must be distinct and in order, as those of the bulk writes are.
create function kv_hold(of_title bytea, keys bytea[]) returns void
    language plpgsql
as
$$
declare
    space bigint;
begin
    select n.number into space from namespace n where n.title = of_title;
    if space is null then
        return;
    end if;
    insert into kv_entry as e (namespace, key, value, metadata, expires_at, version, created_at, updated_at)
    select space, k.key, '', '', 0, 0, 0, 0 from unnest(keys) with ordinality as k (key, place) order by k.place
    on conflict (namespace, key) do update set version = e.version where false;
end;
$$;

drop view key_total;

create view key_total as
select namespace as space, count(*) as keys, sum(octet_length(value))::bigint as bytes, count(expires_at) as ending,
       max(updated_at) as written_at, coalesce(min(created_at) filter (where created_at > 0), 0) as first_at
from kv_entry group by namespace;

-- Keys with a colour, from the labels to the keys.
create view key_painted as
select e.namespace as space, e.key, coalesce(e.expires_at, 9223372036854775807) as expires_at, d.color
from key_detail d join kv_entry e on e.namespace = d.namespace and e.key = d.key
where d.color <> '';
