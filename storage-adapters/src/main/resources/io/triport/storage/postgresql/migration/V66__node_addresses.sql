-- Where other nodes reach this one, as host:port; empty for a node to which nobody hands anything on.
alter table node_session add column address text not null default '';
