-- A key that had expired begins anew.
drop trigger kv_entry_anew on kv_entry;

create trigger kv_entry_anew after update on kv_entry
    for each row when (old.expires_at <= new.updated_at) execute function key_detail_anew();

-- A label holds its key until it commits, so that none is left behind by a key that goes meanwhile.
create function key_detail_of_key() returns trigger
    language plpgsql
as
$$
begin
    perform from kv_entry e where e.namespace = new.namespace and e.key = new.key for key share;
    if not found then
        return null;
    end if;
    return new;
end;
$$;

create trigger key_detail_of_key before insert on key_detail
    for each row execute function key_detail_of_key();

-- Keys without their labels, for counting.
create view key_entry as
select e.namespace as space, e.key, octet_length(e.value)::bigint as size,
       coalesce(e.expires_at, 9223372036854775807) as expires_at, e.version, e.created_at, e.updated_at
from kv_entry e;
