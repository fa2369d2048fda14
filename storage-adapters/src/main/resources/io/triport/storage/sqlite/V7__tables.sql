-- Numbers that grow with the rows of a table, in the order in which these are committed.
create table table_counter (
    name text primary key,
    value integer not null
) without rowid;

insert into table_counter (name, value)
values ('audit', 0), ('job-event', 0), ('key-version', 0), ('settings', 0);

create table settings_document (
    kind text not null,
    id text not null,
    content text not null,
    version integer not null,
    updated_at integer not null,
    primary key (kind, id)
);

-- Names of keys are bytes here too: text cannot hold the character NUL.
create table audit_entry (
    id integer primary key,
    namespace text not null,
    key blob not null,
    operation text not null,
    user_name text not null,
    source text not null,
    request text not null,
    at integer not null,
    details text not null,
    previous_hash text not null,
    hash text not null
);

create index audit_entry_by_time on audit_entry (at, id);
create index audit_entry_by_namespace on audit_entry (namespace, at, id);
create index audit_entry_by_user on audit_entry (user_name, at, id);

-- The largest number in ended_at means not yet; began_at is when the job was ordered until it starts.
create table job (
    id text primary key,
    operation text not null,
    namespace text not null,
    owner text not null,
    user_name text not null,
    parameters text not null,
    status text not null,
    total integer not null,
    processed integer not null,
    errors integer not null,
    current_key blob not null,
    checkpoint text not null,
    percentage integer not null,
    queued_at integer not null,
    started_at integer not null,
    began_at integer not null,
    ended_at integer not null,
    cancelling integer not null,
    outcome text not null,
    revision integer not null
);

create index job_by_time on job (began_at, id);
create index job_by_owner on job (owner, began_at, id);
create index job_by_status on job (status, began_at, id);

create table job_event (
    id integer primary key,
    job text not null,
    kind text not null,
    user_name text not null,
    at integer not null,
    details text not null,
    unique (job, kind)
);

create index job_event_by_job on job_event (job, id);

create table job_error (
    job text not null,
    number integer not null,
    item blob not null,
    code text not null,
    message text not null,
    primary key (job, number)
) without rowid;

-- The largest number in expires_at and in kept_until means never. Tags are joined by commas, with one at either end.
create table key_version (
    number integer primary key,
    namespace text not null,
    key blob not null,
    value blob not null,
    metadata blob not null,
    size integer not null,
    expires_at integer not null,
    version integer not null,
    tags text not null,
    custom text not null,
    color text not null,
    operation text not null,
    user_name text not null,
    at integer not null,
    kept_until integer not null
);

create index key_version_by_key on key_version (namespace, key, number);
create index key_version_by_end on key_version (kept_until) where kept_until < 9223372036854775807;

-- Ids of namespaces whose kept versions remain to be removed.
create table dropped_history (
    namespace text primary key
) without rowid;

-- Goes with the row of its key.
create table key_detail (
    namespace integer not null,
    key blob not null,
    tags text not null,
    custom text not null,
    color text not null,
    labelled_at integer not null,
    primary key (namespace, key)
) without rowid;

-- The last writes, by which the newest keys are found without an index of all versions: that would be changed in two places by
-- each overwrite, where this is only added to. Reclaiming cuts it off at its old end.
create table recent_write (
    version integer primary key,
    entry integer not null
);

insert into recent_write (version, entry) select version, rowid from entry order by version desc limit 200000;

create trigger entry_gone after delete on entry begin
    delete from key_detail where namespace = old.namespace and key = old.key;
end;

create trigger namespace_gone after delete on namespace begin
    insert into dropped_history (namespace) values (old.id);
end;

-- The views have the same columns on each engine, and the queries of the tables are written for them.

create view live_namespace as select no as space, id, title from namespace;

create view key_row as
select e.namespace as space, e.key, e.size, e.expires_at, e.version, e.created_at, e.updated_at,
       d.tags, d.custom, d.color, d.labelled_at
from entry e left join key_detail d on d.namespace = e.namespace and d.key = e.key;

-- Rows that were written last; on each engine at least the newest 200 000, and no older one before a newer.
create view key_recent as
select e.namespace as space, e.key, e.size, e.expires_at, r.version, e.created_at, e.updated_at,
       d.tags, d.custom, d.color, d.labelled_at
from recent_write r
join entry e on e.rowid = r.entry and e.version = r.version
left join key_detail d on d.namespace = e.namespace and d.key = e.key;

create view key_total as select namespace as space, keys, bytes, ending, written_at from namespace_total;
