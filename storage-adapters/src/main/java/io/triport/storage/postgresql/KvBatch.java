package io.triport.storage.postgresql;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The pairs of a bulk put, in parts that one statement takes within its time. */
record KvBatch(List<List<KvPair>> chunks, List<BulkOutcome.Failed> failed) {
    private static final int CHUNK_ROWS = 1_000;
    private static final long CHUNK_BYTES = 8_000_000;

    /** At least one chunk, which may be empty, so that the namespace is looked for in any case. */
    static KvBatch of(List<KvPair> pairs, Instant now) {
        var failed = new ArrayList<BulkOutcome.Failed>();
        // In the order of the keys, and each key once: two bulk calls at once then never wait for each other in a
        // circle.
        var storable = new TreeMap<KvKey, KvEntry>();
        for (var pair : pairs) {
            try {
                storable.put(pair.key(), pair.entry().stored(KvVersion.NONE, now));
            } catch (StorageFailure.Rejected e) {
                failed.add(new BulkOutcome.Failed(pair.key(), e.code()));
            }
        }
        return new KvBatch(chunks(storable), failed);
    }

    private static List<List<KvPair>> chunks(TreeMap<KvKey, KvEntry> storable) {
        var chunks = new ArrayList<List<KvPair>>();
        var chunk = new ArrayList<KvPair>();
        var bytes = 0L;
        for (var each : storable.entrySet()) {
            var pair = new KvPair(each.getKey(), each.getValue());
            if (!chunk.isEmpty() && (chunk.size() == CHUNK_ROWS || bytes + pair.size() > CHUNK_BYTES)) {
                chunks.add(List.copyOf(chunk));
                chunk.clear();
                bytes = 0;
            }
            chunk.add(pair);
            bytes += pair.size();
        }
        chunks.add(chunk);
        return chunks;
    }
}
