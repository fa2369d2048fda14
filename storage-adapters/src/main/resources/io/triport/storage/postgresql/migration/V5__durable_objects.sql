-- Which nodes are there, and until when each may take events for its objects. All by the clock of this database.
create table node_session (
    session_id  bigint primary key generated always as identity,
    lease_until timestamptz not null
);

-- Which node may commit an object: the session and the epoch of its last claim. No node has session 0.
create table do_owner (
    ns         text   not null,
    id         bytea  not null,
    session_id bigint not null,
    epoch      bigint not null,
    primary key (ns, id)
);

-- Objects that have kept something. The name is empty where it is not known.
create table do_object (
    ns   text  not null,
    id   bytea not null,
    name bytea not null,
    primary key (ns, id)
);

create table do_state (
    ns    text  not null,
    id    bytea not null,
    key   bytea not null,
    value bytea not null,
    primary key (ns, id, key)
);
