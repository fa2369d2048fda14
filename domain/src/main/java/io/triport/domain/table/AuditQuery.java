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

    public AuditQuery with(Paging page) {
        return new AuditQuery(namespace, user, operation, key, request, source, from, until, before, page);
    }

    /** Whether it asks for the row, on whatever page. */
    public boolean matches(AuditRow row) {
        var entry = row.entry();
        return row.id() < before
                && asks(namespace, entry.place().namespace())
                && asks(key, entry.place().key())
                && asks(user, entry.user())
                && asks(operation, entry.operation())
                && asks(request, entry.request().text())
                && asks(source, entry.source().text())
                && !entry.at().isBefore(from)
                && entry.at().isBefore(until);
    }

    private static boolean asks(String wanted, String present) {
        return wanted.isEmpty() || wanted.equals(present);
    }
}
