-- Each record fell on a page of its own in it, which was half the cost of a request through the gateway. See docs/audit.md for who
-- looks up users often.
drop index audit_logs_by_user;
