package io.triport.storage.memory;

import io.triport.domain.request.Bytes;
import io.triport.storage.revocation.RevocationSource;
import io.triport.storage.revocation.StoredRevocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Revocations that end with the process; every method holds the lock of the map. */
final class MemoryRevocations implements RevocationSource {
    private final Map<Bytes, StoredRevocation> rows = new HashMap<>();
    private long revision;

    @Override
    public long revision() {
        synchronized (rows) {
            return revision;
        }
    }

    @Override
    public List<StoredRevocation> all() {
        synchronized (rows) {
            return List.copyOf(rows.values());
        }
    }

    @Override
    public void keep(StoredRevocation revocation) {
        synchronized (rows) {
            rows.merge(revocation.name(), revocation, StoredRevocation::widest);
            revision++;
        }
    }

    @Override
    public long forget(long nowMillis) {
        synchronized (rows) {
            long before = rows.size();
            rows.values().removeIf(row -> row.keepUntilMillis() <= nowMillis);
            return before - rows.size();
        }
    }
}
