create table credential_use (
    id blob primary key,
    used_at integer not null
) without rowid;

-- One row for each name under which something was revoked. The largest not_before means whenever it was issued.
create table revocation (
    name blob primary key,
    key blob not null,
    not_before integer not null,
    keep_until integer not null
);

create index revocation_by_end on revocation (keep_until);

insert into counter (name, value) values ('revocations', 0);
