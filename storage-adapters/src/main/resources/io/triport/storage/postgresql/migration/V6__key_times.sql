-- Zero in a row that an older version wrote and nobody has written since.
alter table kv_entry
    add column created_at bigint not null default 0,
    add column updated_at bigint not null default 0;

create or replace function kv_put(
    put_title bytea, put_key bytea, put_value bytea, put_metadata bytea, put_expires_at bigint, put_now bigint, expected bigint)
    returns table (stored boolean, present bigint)
    language plpgsql
as
$$
declare
    space  bigint;
    result bigint;
begin
    select n.number into space from namespace n where n.title = put_title;
    if space is null then
        return;
    end if;
    if expected > 0 then
        update kv_entry e
        set value = put_value, metadata = put_metadata, expires_at = put_expires_at, version = nextval('kv_version'),
            updated_at = put_now
        where e.namespace = space and e.key = put_key and e.version = expected
          and (e.expires_at is null or e.expires_at > put_now)
        returning e.version into result;
    else
        insert into kv_entry as e (namespace, key, value, metadata, expires_at, version, created_at, updated_at)
        values (space, put_key, put_value, put_metadata, put_expires_at, 0, put_now, put_now)
        on conflict (namespace, key) do update
        set value = excluded.value, metadata = excluded.metadata, expires_at = excluded.expires_at,
            version = nextval('kv_version'), updated_at = put_now,
            created_at = case when e.expires_at <= put_now then put_now else e.created_at end
        where expected is null or e.expires_at <= put_now
        returning e.version into result;
        if result = 0 then
            update kv_entry e set version = nextval('kv_version')
            where e.namespace = space and e.key = put_key
            returning e.version into result;
        end if;
    end if;
    if result is not null then
        return query select true, result;
    else
        return query
            select false, coalesce(
                (select e.version from kv_entry e
                 where e.namespace = space and e.key = put_key and (e.expires_at is null or e.expires_at > put_now)),
                0);
    end if;
end;
$$;

drop function kv_put_many(bytea, bytea[], bytea[], bytea[], bigint[]);

-- Keys must be distinct and in order, so that two calls that share keys lock them in the same order.
-- No row is returned for an unknown namespace.
create function kv_put_many(
    put_title bytea, keys bytea[], vals bytea[], metas bytea[], expiries bigint[], put_now bigint)
    returns setof integer
    language plpgsql
as
$$
declare
    space bigint;
begin
    select n.number into space from namespace n where n.title = put_title;
    if space is null then
        return;
    end if;
    insert into kv_entry as e (namespace, key, value, metadata, expires_at, version, created_at, updated_at)
    select space, p.key, p.value, p.metadata, p.expires_at, 0, put_now, put_now
    from unnest(keys, vals, metas, expiries) as p (key, value, metadata, expires_at)
    on conflict (namespace, key) do update
    set value = excluded.value, metadata = excluded.metadata, expires_at = excluded.expires_at,
        version = nextval('kv_version'), updated_at = put_now,
        created_at = case when e.expires_at <= put_now then put_now else e.created_at end;
    update kv_entry e set version = nextval('kv_version')
    where e.namespace = space and e.key = any (keys) and e.version = 0;
    return next cardinality(keys);
end;
$$;
