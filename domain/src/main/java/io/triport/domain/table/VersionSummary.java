package io.triport.domain.table;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvVersion;
import java.time.Instant;

/** A kept version without its value. @param size bytes of the value @param version of the entry when it was live */
public record VersionSummary(
        long number,
        KvKey key,
        KvVersion version,
        long size,
        Expiry expiry,
        String operation,
        String user,
        Instant at,
        Instant keptUntil) {}
