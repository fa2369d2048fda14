package io.triport.storage.table;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Namespaces by the numbers that their rows have. */
record Spaces(Queries queries) {
    /** More are not asked for one by one. */
    private static final int FEW = 20;

    /** A namespace as the other tables name it. @param number in the rows of keys @param id for ever */
    record Space(long number, String id) {}

    /** The numbers of some, few or all that there are. @throws StorageFailure.Rejected NOT_FOUND for any that is not there */
    Map<NamespaceTitle, Long> numbers(Set<NamespaceTitle> titles) {
        var numbers = new HashMap<NamespaceTitle, Long>();
        if (titles.size() <= FEW) {
            titles.forEach(title -> numbers.put(title, find(title).number()));
            return numbers;
        }
        queries.each(
                Sql.of("select space, title from live_namespace"),
                row -> Map.entry(new NamespaceTitle(Queries.bytes(row, 2).toUtf8()), row.getLong(1)),
                space -> {
                    if (titles.contains(space.getKey())) {
                        numbers.put(space.getKey(), space.getValue());
                    }
                });
        if (numbers.size() < titles.size()) {
            throw unknown();
        }
        return numbers;
    }

    /** @throws StorageFailure.Rejected NOT_FOUND */
    Space find(NamespaceTitle title) {
        return queries.first(
                        Sql.of("select space, id from live_namespace where title = ?", title.bytes()),
                        row -> new Space(row.getLong(1), row.getString(2)))
                .orElseThrow(Spaces::unknown);
    }

    private static StorageFailure unknown() {
        return new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)");
    }
}
