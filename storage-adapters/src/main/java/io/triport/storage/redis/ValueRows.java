package io.triport.storage.redis;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.request.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entries as scripts take and give them. */
final class ValueRows {
    private static final int VALUE = 4;

    private ValueRows() {}

    /**
     * Entries of some keys.
     *
     * @param size of all their values, in bytes
     * @param entries none where those were too many to be read
     */
    record Found(long size, Map<KvKey, KvEntry> entries) {
        static Found of(List<Object> answer) {
            var entries = new HashMap<KvKey, KvEntry>();
            for (var row : rows(answer.get(1))) {
                if (row.size() > VALUE) {
                    entries.put(key(row.get(0)), entry(row));
                }
            }
            return new Found((Long) answer.get(0), Map.copyOf(entries));
        }

        private static KvEntry entry(List<?> row) {
            return new KvEntry(bytes(row.get(VALUE)), metadata(row.get(3)), expiry(row.get(2)), version(row.get(1)));
        }
    }

    /**
     * A part of the order.
     *
     * @param keys that lie there, live or not
     * @param last of them; empty where there are none
     */
    record Part(long keys, Bytes last, List<KvListed> live) {
        static Part of(List<Object> answer) {
            var live = rows(answer.get(2)).stream()
                    .map(row -> new KvListed(key(row.get(0)), expiry(row.get(1)), metadata(row.get(2))))
                    .toList();
            return new Part((Long) answer.get(0), bytes(answer.get(1)), live);
        }
    }

    static KvPut put(List<Object> answer) {
        var version = version(answer.get(1));
        return (Long) answer.get(0) == 1 ? new KvPut.Stored(version) : new KvPut.Refused(version);
    }

    /** @param entry as it is stored */
    static RedisValues.Arguments with(RedisValues.Arguments arguments, KvKey key, KvEntry entry) {
        arguments.with(key.bytes()).with(entry.value()).with(entry.metadata().json());
        return entry.expiry() instanceof Expiry.At(var moment)
                ? arguments.with(moment.toEpochMilli())
                : arguments.with("");
    }

    private static List<List<?>> rows(Object answer) {
        return ((List<?>) answer).stream().<List<?>>map(row -> (List<?>) row).toList();
    }

    private static KvKey key(Object field) {
        return new KvKey(bytes(field));
    }

    private static KvMetadata metadata(Object field) {
        return new KvMetadata(bytes(field));
    }

    private static Expiry expiry(Object field) {
        var text = text(field);
        return text.isEmpty() ? Expiry.NEVER : Expiry.at(Instant.ofEpochMilli(Long.parseLong(text)));
    }

    private static KvVersion version(Object field) {
        return new KvVersion(Long.parseLong(text(field)));
    }

    private static String text(Object field) {
        return new String((byte[]) field, StandardCharsets.US_ASCII);
    }

    private static Bytes bytes(Object field) {
        return Bytes.copyOf((byte[]) field);
    }
}
