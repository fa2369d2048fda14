package io.triport.storage.redis;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvCursors;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.keyvalue.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Entries on a server, each a hash; the keys of a namespace are a sorted set, changed in the same script. */
final class RedisKeyValueStore implements KeyValueStore {
    /** Keys that one script looks at: others wait for it. */
    private static final int PART_KEYS = 1_000;

    private final RedisEngine engine;
    private final NamespaceTitle namespace;

    RedisKeyValueStore(RedisEngine engine, NamespaceTitle namespace) {
        this.engine = engine;
        this.namespace = namespace;
    }

    @Override
    public Optional<KvEntry> get(KvKey key, KvRead read) {
        var found = find(List.of(key), Room.ASKED_ABOVE);
        // A longer one may have come meanwhile.
        while (found.entries().isEmpty() && found.size() > 0) {
            read.room().take(found.size());
            found = find(List.of(key), found.size());
        }
        return Optional.ofNullable(found.entries().get(key));
    }

    @Override
    public Map<KvKey, KvEntry> getMany(List<KvKey> keys, KvRead read) {
        KvLimits.checkGetMany(keys);
        var each = keys.stream().distinct().toList();
        var found = find(each, Room.ASKED_ABOVE);
        if (found.entries().isEmpty() && found.size() > 0) {
            KvLimits.checkAnswerBytes(found.size());
            read.room().take(found.size());
            found = find(each, KvLimits.GET_MANY_BYTES);
            KvLimits.checkAnswerBytes(found.size());
        }
        return found.entries();
    }

    private ValueRows.Found find(List<KvKey> keys, long most) {
        var arguments = named().with(most);
        keys.forEach(key -> arguments.with(key.bytes()));
        return ValueRows.Found.of(known(engine.values().seen(ValueScripts.GET, arguments)));
    }

    @Override
    public KvPut put(KvKey key, KvEntry entry, KvCondition condition) {
        var stored = entry.stored(KvVersion.NONE, engine.clock().instant());
        var arguments = ValueRows.with(named().with(expected(condition)), key, stored);
        return ValueRows.put(known(engine.values().done(ValueScripts.PUT, arguments)));
    }

    @Override
    public boolean delete(KvKey key) {
        return deleted(List.of(key)) > 0;
    }

    @Override
    public BulkOutcome putMany(List<KvPair> pairs) {
        KvLimits.checkPutMany(pairs);
        var batch = ValueBatch.of(pairs, engine.clock().instant());
        var failed = new ArrayList<>(batch.failed());
        failed.addAll(each(batch.parts(), this::stored, KvPair::key));
        return new BulkOutcome(pairs.size() - failed.size(), failed);
    }

    @Override
    public BulkOutcome deleteMany(List<KvKey> keys) {
        KvLimits.checkDeleteMany(keys);
        var failed = each(ValueBatch.parts(keys, key -> 0), this::deleted, key -> key);
        return new BulkOutcome(keys.size() - failed.size(), failed);
    }

    /** What the server does not take after it took some is told; before that the call has not happened. */
    private static <M> List<BulkOutcome.Failed> each(
            List<List<M>> parts, Consumer<List<M>> work, Function<M, KvKey> key) {
        var failed = new ArrayList<BulkOutcome.Failed>();
        for (var at = 0; at < parts.size(); at++) {
            var part = parts.get(at);
            try {
                work.accept(part);
            } catch (StorageFailure.Unavailable e) {
                if (at == 0 || e.code().retry() != FailureCode.Retry.SAFE) {
                    throw e;
                }
                part.forEach(member -> failed.add(new BulkOutcome.Failed(key.apply(member), e.code())));
            }
        }
        return failed;
    }

    private void stored(List<KvPair> pairs) {
        var arguments = named();
        pairs.forEach(pair -> ValueRows.with(arguments, pair.key(), pair.entry()));
        known(engine.values().done(ValueScripts.PUT_MANY, arguments));
    }

    private long deleted(List<KvKey> keys) {
        var arguments = named();
        keys.forEach(key -> arguments.with(key.bytes()));
        return (Long)
                known(engine.values().done(ValueScripts.DELETE, arguments)).getFirst();
    }

    @Override
    public KvPage list(KvQuery query) {
        var cursors = new KvCursors(engine.cursors(), namespace);
        var range = ValueRange.of(query.prefix().bytes(), cursors.after(query));
        var wanted = query.limit() + 1;
        var rows = new ArrayList<KvListed>();
        while (true) {
            var part = ValueRows.Part.of(known(engine.values()
                    .seen(
                            ValueScripts.LIST,
                            named().with(range.from()).with(range.to()).with(PART_KEYS))));
            rows.addAll(part.live());
            if (rows.size() >= wanted || part.keys() < PART_KEYS) {
                return cursors.page(query, rows.subList(0, Math.min(wanted, rows.size())));
            }
            range = range.behind(part.last());
        }
    }

    /** What every script about a namespace begins with. */
    private RedisValues.Arguments named() {
        return new RedisValues.Arguments()
                .with(namespace.bytes())
                .with(engine.clock().millis());
    }

    private static String expected(KvCondition condition) {
        return switch (condition) {
            case KvCondition.Any any -> "";
            case KvCondition.IfAbsent absent -> "0";
            case KvCondition.IfVersion of -> Long.toString(of.version().number());
        };
    }

    private static List<Object> known(List<Object> answer) {
        if (answer.isEmpty()) {
            throw RedisResourceCatalogue.unknown();
        }
        return answer;
    }
}
