-- The first eight columns behind the id have the names and types that queries on the Workers sample use. Moments are ISO 8601
-- texts in UTC with milliseconds, whose order is that of time.
create table audit_logs (
    id text primary key not null,
    timestamp text not null,
    user_id text,
    method text,
    path text,
    status integer,
    duration_ms integer,
    ip text,
    user_agent text,
    mechanism text,
    issuer text,
    subject text,
    email text,
    credential_id text,
    outcome text,
    reason text,
    route_id text,
    upstream text,
    target text,
    attempts integer,
    bytes_in integer,
    bytes_out integer,
    upstream_ms integer,
    host text,
    protocol text,
    tls_version text,
    trace_id text,
    node text,
    peer_ip text,
    config_hash text,
    seq integer,
    prev_hash text,
    hash text
);

create index audit_logs_by_time on audit_logs (timestamp);

create index audit_logs_by_user on audit_logs (user_id, timestamp);

create index audit_logs_by_chain on audit_logs (node, seq) where seq is not null;
