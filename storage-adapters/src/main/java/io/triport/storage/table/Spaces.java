package io.triport.storage.table;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.storage.jdbc.Queries;
import io.triport.storage.jdbc.Sql;

/** Namespaces by the numbers that their rows have. */
record Spaces(Queries queries) {
    /** A namespace as the other tables name it. @param number in the rows of keys @param id for ever */
    record Space(long number, String id) {}

    /** @throws StorageFailure.Rejected NOT_FOUND */
    Space find(NamespaceTitle title) {
        return queries.first(
                        Sql.of("select space, id from live_namespace where title = ?", title.bytes()),
                        row -> new Space(row.getLong(1), row.getString(2)))
                .orElseThrow(() -> new StorageFailure.Rejected(
                        FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)"));
    }
}
