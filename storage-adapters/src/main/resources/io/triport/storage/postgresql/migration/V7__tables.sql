-- Numbers that grow with the rows of a table, in the order in which these are committed.
create table table_counter (
    name text collate "C" primary key,
    value bigint not null
);

insert into table_counter (name, value)
values ('audit', 0), ('job-event', 0), ('key-version', 0), ('settings', 0);

create table settings_document (
    kind text collate "C" not null,
    id text collate "C" not null,
    content text collate "C" not null,
    version bigint not null,
    updated_at bigint not null,
    primary key (kind, id)
);

-- Names of keys are bytes here too: text cannot hold the character NUL.
create table audit_entry (
    id bigint primary key,
    namespace text collate "C" not null,
    key bytea not null,
    operation text collate "C" not null,
    user_name text collate "C" not null,
    source text collate "C" not null,
    request text collate "C" not null,
    at bigint not null,
    details text collate "C" not null,
    previous_hash text collate "C" not null,
    hash text collate "C" not null
);

create index audit_entry_by_time on audit_entry (at, id);
create index audit_entry_by_namespace on audit_entry (namespace, at, id);
create index audit_entry_by_user on audit_entry (user_name, at, id);

-- The largest number in ended_at means not yet; began_at is when the job was ordered until it starts.
create table job (
    id text collate "C" primary key,
    operation text collate "C" not null,
    namespace text collate "C" not null,
    owner text collate "C" not null,
    user_name text collate "C" not null,
    parameters text collate "C" not null,
    status text collate "C" not null,
    total bigint not null,
    processed bigint not null,
    errors bigint not null,
    current_key bytea not null,
    checkpoint text collate "C" not null,
    percentage bigint not null,
    queued_at bigint not null,
    started_at bigint not null,
    began_at bigint not null,
    ended_at bigint not null,
    cancelling bigint not null,
    outcome text collate "C" not null,
    revision bigint not null
);

create index job_by_time on job (began_at, id);
create index job_by_owner on job (owner, began_at, id);
create index job_by_status on job (status, began_at, id);

create table job_event (
    id bigint primary key,
    job text collate "C" not null,
    kind text collate "C" not null,
    user_name text collate "C" not null,
    at bigint not null,
    details text collate "C" not null,
    unique (job, kind)
);

create index job_event_by_job on job_event (job, id);

create table job_error (
    job text collate "C" not null,
    number bigint not null,
    item bytea not null,
    code text collate "C" not null,
    message text collate "C" not null,
    primary key (job, number)
);

-- The largest number in expires_at and in kept_until means never. Tags are joined by commas, with one at either end.
create table key_version (
    number bigint primary key,
    namespace text collate "C" not null,
    key bytea not null,
    value bytea not null,
    metadata bytea not null,
    size bigint not null,
    expires_at bigint not null,
    version bigint not null,
    tags text collate "C" not null,
    custom text collate "C" not null,
    color text collate "C" not null,
    operation text collate "C" not null,
    user_name text collate "C" not null,
    at bigint not null,
    kept_until bigint not null
);

create index key_version_by_key on key_version (namespace, key, number);
create index key_version_by_end on key_version (kept_until) where kept_until < 9223372036854775807;

-- Ids of namespaces whose kept versions remain to be removed.
create table dropped_history (
    namespace text collate "C" primary key
);

-- Goes with the row of its key.
create table key_detail (
    namespace bigint not null,
    key bytea not null,
    tags text collate "C" not null,
    custom text collate "C" not null,
    color text collate "C" not null,
    labelled_at bigint not null,
    primary key (namespace, key)
);

alter table key_version alter column value set storage external;

create function key_detail_gone() returns trigger
    language plpgsql
as
$$
begin
    delete from key_detail d using gone g where d.namespace = g.namespace and d.key = g.key;
    return null;
end;
$$;

create trigger kv_entry_gone after delete on kv_entry
    referencing old table as gone for each statement execute function key_detail_gone();

create function key_detail_anew() returns trigger
    language plpgsql
as
$$
begin
    delete from key_detail d where d.namespace = new.namespace and d.key = new.key;
    return null;
end;
$$;

-- A key that had expired begins anew.
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

create function dropped_history_noted() returns trigger
    language plpgsql
as
$$
begin
    insert into dropped_history (namespace) values (encode(old.id, 'hex')) on conflict do nothing;
    return null;
end;
$$;

create trigger namespace_gone after update on namespace
    for each row when (old.title is not null and new.title is null) execute function dropped_history_noted();

-- As on the other engine, where it is built in: the place of the one in the other, from 1, or 0.
create function instr(bytea, bytea) returns integer
    language sql immutable strict parallel safe
    return position($2 in $1);

create function instr(text, text) returns integer
    language sql immutable strict parallel safe
    return position($2 in $1);

-- The views have the same columns on each engine, and the queries of the tables are written for them.

create view live_namespace as
select number as space, encode(id, 'hex') as id, title from namespace where title is not null;

create view key_row as
select e.namespace as space, e.key, octet_length(e.value)::bigint as size,
       coalesce(e.expires_at, 9223372036854775807) as expires_at, e.version, e.created_at, e.updated_at,
       d.tags, d.custom, d.color, d.labelled_at
from kv_entry e left join key_detail d on d.namespace = e.namespace and d.key = e.key;

-- Rows that were written last; on each engine at least the newest 200 000, and no older one before a newer.
create view key_recent as select * from key_row;

create view key_total as
select namespace as space, count(*) as keys, sum(octet_length(value))::bigint as bytes, count(expires_at) as ending,
       max(updated_at) as written_at
from kv_entry group by namespace;
