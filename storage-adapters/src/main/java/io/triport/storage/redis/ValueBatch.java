package io.triport.storage.redis;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The pairs of a bulk put, as they are stored, in parts of which each is one script: others wait for it. */
record ValueBatch(List<List<KvPair>> parts, List<BulkOutcome.Failed> failed) {
    private static final int PART_MEMBERS = 1_000;
    private static final long PART_BYTES = 8_000_000;

    static ValueBatch of(List<KvPair> pairs, Instant now) {
        var failed = new ArrayList<BulkOutcome.Failed>();
        var storable = new ArrayList<KvPair>();
        for (var pair : pairs) {
            try {
                storable.add(new KvPair(pair.key(), pair.entry().stored(KvVersion.NONE, now)));
            } catch (StorageFailure.Rejected e) {
                failed.add(new BulkOutcome.Failed(pair.key(), e.code()));
            }
        }
        return new ValueBatch(parts(storable, KvPair::size), failed);
    }

    /** At least one, which may be empty, so that the namespace is looked for in any case. */
    static <M> List<List<M>> parts(List<M> members, ToLongFunction<M> size) {
        var parts = new ArrayList<List<M>>();
        var part = new ArrayList<M>();
        var bytes = 0L;
        for (var member : members) {
            if (!part.isEmpty() && (part.size() == PART_MEMBERS || bytes + size.applyAsLong(member) > PART_BYTES)) {
                parts.add(List.copyOf(part));
                part.clear();
                bytes = 0;
            }
            part.add(member);
            bytes += size.applyAsLong(member);
        }
        parts.add(List.copyOf(part));
        return parts;
    }
}
