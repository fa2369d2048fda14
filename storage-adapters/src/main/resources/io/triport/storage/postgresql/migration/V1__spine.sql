-- Names and keys are bytes: their order needs no collation, and text cannot hold the character NUL.
-- Moments are milliseconds since the epoch by the clock of the node that writes; nothing here asks the server for the time.

create table namespace (
    number     bigint generated always as identity primary key,
    id         bytea  not null unique,
    title      bytea  unique,
    -- A dropped namespace has no title. Its entries go in small steps, and it goes after them.
    dropped_at bigint,
    check ((title is null) = (dropped_at is not null))
);

create table kv_entry (
    -- No foreign key: every put would lock the row of its namespace, and so all puts of a namespace would meet there.
    namespace  bigint not null,
    key        bytea  not null,
    value      bytea  not null,
    metadata   bytea  not null,
    expires_at bigint,
    version    bigint not null,
    primary key (namespace, key)
);

-- Values are mostly compressed already, or small; compressing again costs more than it gives.
alter table kv_entry alter column value set storage external;

create index kv_entry_expiry on kv_entry (expires_at) where expires_at is not null;

create sequence kv_version;

-- An INSERT evaluates its VALUES before it holds the key, so a version drawn there could be older than one that was written
-- and deleted meanwhile. New rows therefore begin as version 0, which nobody sees, and draw theirs when they hold the key;
-- present rows draw it in DO UPDATE, which is evaluated under the lock of the row.
--
-- expected: null for any present entry, 0 for none, else its version. No row is returned for an unknown namespace.
create function kv_put(
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
        set value = put_value, metadata = put_metadata, expires_at = put_expires_at, version = nextval('kv_version')
        where e.namespace = space and e.key = put_key and e.version = expected
          and (e.expires_at is null or e.expires_at > put_now)
        returning e.version into result;
    else
        insert into kv_entry as e (namespace, key, value, metadata, expires_at, version)
        values (space, put_key, put_value, put_metadata, put_expires_at, 0)
        on conflict (namespace, key) do update
        set value = excluded.value, metadata = excluded.metadata, expires_at = excluded.expires_at,
            version = nextval('kv_version')
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

-- Keys must be distinct and in order, so that two calls that share keys lock them in the same order.
-- No row is returned for an unknown namespace.
create function kv_put_many(put_title bytea, keys bytea[], vals bytea[], metas bytea[], expiries bigint[])
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
    insert into kv_entry as e (namespace, key, value, metadata, expires_at, version)
    select space, p.key, p.value, p.metadata, p.expires_at, 0
    from unnest(keys, vals, metas, expiries) as p (key, value, metadata, expires_at)
    on conflict (namespace, key) do update
    set value = excluded.value, metadata = excluded.metadata, expires_at = excluded.expires_at,
        version = nextval('kv_version');
    update kv_entry e set version = nextval('kv_version')
    where e.namespace = space and e.key = any (keys) and e.version = 0;
    return next cardinality(keys);
end;
$$;

create table idempotent_call (
    name       bytea  primary key,
    content    bytea  not null,
    answer     bytea  not null,
    expires_at bigint not null
);

create index idempotent_call_expiry on idempotent_call (expires_at);

-- Locked by a unit of writes from its beginning to its end, so that units run one after the other on all nodes.
create table unit ();

create table cursor_key (
    single boolean primary key default true check (single),
    bytes  bytea not null
);

create table spent_mark (
    mark       bytea  primary key,
    keep_until bigint not null
);

create index spent_mark_keep_until on spent_mark (keep_until);

create table credential (
    id     bytea primary key,
    sealed bytea not null
);

create table credential_revision (
    single boolean primary key default true check (single),
    number bigint not null
);

insert into credential_revision (number) values (0);

create table rate_bucket (
    name       bytea  primary key,
    state      bytea  not null,
    -- From then on the bucket is full again, and no row says the same.
    expires_at bigint not null
);

create index rate_bucket_expiry on rate_bucket (expires_at);

-- Written by the question whether the server acknowledges writes.
create table heartbeat (
    single boolean primary key default true check (single),
    at     bigint not null
);
