-- Which nodes take from shared limits, and when each last said so, in milliseconds since the epoch.
create table limiting_node (
    name    bytea  primary key,
    seen_at bigint not null
);
