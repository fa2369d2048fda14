-- Behind which entry the chain of the audit begins: the newest that was let go, or none.
create table audit_anchor (
    id bigint not null,
    hash text collate "C" not null
);

insert into audit_anchor (id, hash)
select coalesce(min(id) - 1, 0),
       coalesce((select previous_hash from audit_entry order by id limit 1), '')
from audit_entry;
