package io.triport.domain.table;

import java.time.Instant;

/**
 * Which entries. An empty text asks for none of it.
 *
 * @param namespace an id
 * @param key a key's whole name
 * @param request a request's id
 * @param source one of {@link AuditEntry.Source}, as text
 * @param from the earliest moment
 * @param until the first moment that is too late
 * @param before only entries with a smaller id; {@link Long#MAX_VALUE} for all
 */
public record AuditQuery(
        String namespace,
        String user,
        String operation,
        String key,
        String request,
        String source,
        Instant from,
        Instant until,
        long before,
        Paging paging) {
    public static AuditQuery all(Paging paging) {
        return new AuditQuery("", "", "", "", "", "", Instant.MIN, Instant.MAX, Long.MAX_VALUE, paging);
    }

    public AuditQuery ofNamespace(String id) {
        return new AuditQuery(id, user, operation, key, request, source, from, until, before, paging);
    }

    public AuditQuery ofUser(String name) {
        return new AuditQuery(namespace, name, operation, key, request, source, from, until, before, paging);
    }

    public AuditQuery before(long id) {
        return new AuditQuery(namespace, user, operation, key, request, source, from, until, id, paging);
    }
}
