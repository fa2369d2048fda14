package io.triport.testkit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.KeyLabels;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All that a {@link FakeStorageEngine} keeps. */
final class FakeState {
    private final NavigableMap<NamespaceTitle, Space> spaces =
            new TreeMap<>(Comparator.comparing(NamespaceTitle::bytes));
    private final Map<CallName, Remembered> calls = new HashMap<>();
    private final FakeRows rows;
    private long version;

    record Space(NamespaceId id, NavigableMap<KvKey, KvEntry> entries, Map<KvKey, Known> known) {
        Space(NamespaceId id) {
            this(id, new TreeMap<>(), new HashMap<>());
        }

        Space copy() {
            return new Space(id, new TreeMap<>(entries), new HashMap<>(known));
        }
    }

    /** What belongs to a key beside its entry, live or not. */
    record Known(Instant created, Instant updated, KeyLabels labels, Instant labelled) {}

    record CallName(String caller, String operation, String key) {}

    record Remembered(Bytes content, Bytes answer, Instant until) {}

    FakeState() {
        this(new FakeRows());
    }

    private FakeState(FakeRows rows) {
        this.rows = rows;
    }

    FakeState copy() {
        var copy = new FakeState(rows.copy());
        spaces.forEach((title, space) -> copy.spaces.put(title, space.copy()));
        copy.calls.putAll(calls);
        copy.version = version;
        return copy;
    }

    NavigableMap<NamespaceTitle, Space> spaces() {
        return spaces;
    }

    Map<CallName, Remembered> calls() {
        return calls;
    }

    NavigableMap<KvKey, KvEntry> entries(NamespaceTitle title) {
        return space(title).entries();
    }

    Space space(NamespaceTitle title) {
        var space = spaces.get(title);
        if (space == null) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)");
        }
        return space;
    }

    FakeRows rows() {
        return rows;
    }

    KvVersion nextVersion() {
        version++;
        return new KvVersion(version);
    }
}
