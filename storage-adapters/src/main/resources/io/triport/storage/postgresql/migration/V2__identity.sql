create table credential_use (
    id      bytea  primary key references credential on delete cascade,
    used_at bigint not null
);

-- One row for each name under which something was revoked. The largest not_before means whenever it was issued.
create table revocation (
    name       bytea  primary key,
    key        bytea  not null,
    not_before bigint not null,
    keep_until bigint not null
);

create index revocation_keep_until on revocation (keep_until);

create table revocation_revision (
    single boolean primary key default true check (single),
    number bigint not null
);

insert into revocation_revision (number) values (0);
