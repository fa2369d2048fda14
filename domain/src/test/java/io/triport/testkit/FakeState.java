package io.triport.testkit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.domain.table.KeyLabels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All that a {@link FakeStorageEngine} keeps. */
final class FakeState {
    private final NavigableMap<NamespaceTitle, Space> spaces =
            new TreeMap<>(Comparator.comparing(NamespaceTitle::bytes));
    private final Map<CallName, Remembered> calls = new HashMap<>();
    private final Map<QueueName, List<QueuedMessage>> queues = new HashMap<>();
    private final Map<OnceName, Once> onces = new HashMap<>();
    private final Map<QueueName, Long> dropped = new HashMap<>();
    private Instant furthest = Instant.MIN;
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

    /** @param lease the number of the delivery that counts, 0 for none */
    record QueuedMessage(
            long number, Delivery delivery, OrderingKey ordering, Instant readyAt, Instant expiresAt, int lease) {}

    record OnceName(QueueName queue, DedupId dedup) {}

    record Once(MessageId id, Instant until) {}

    FakeState() {
        this(new FakeRows());
    }

    private FakeState(FakeRows rows) {
        this.rows = rows;
    }

    FakeState copy() {
        var copy = new FakeState(rows.copy());
        queues.forEach((name, messages) -> copy.queues.put(name, new ArrayList<>(messages)));
        copy.onces.putAll(onces);
        copy.dropped.putAll(dropped);
        copy.furthest = furthest;
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

    List<QueuedMessage> queue(QueueName name) {
        return queues.computeIfAbsent(name, absent -> new ArrayList<>());
    }

    Map<OnceName, Once> onces() {
        return onces;
    }

    Map<QueueName, Long> dropped() {
        return dropped;
    }

    /** The present moment, unless the clock was ahead before. */
    Instant furthest(Instant now) {
        furthest = now.isAfter(furthest) ? now : furthest;
        return furthest;
    }

    KvVersion nextVersion() {
        version++;
        return new KvVersion(version);
    }
}
