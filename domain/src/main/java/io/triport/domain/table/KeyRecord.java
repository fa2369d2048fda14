package io.triport.domain.table;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.time.Instant;

/**
 * A live key without its value.
 *
 * @param size bytes of the value
 * @param created when the key came to be; it keeps that over overwrites, and gets a new one after a delete or its expiry
 * @param labelled when its labels were last changed; {@link Instant#MIN} for never
 */
public record KeyRecord(
        NamespaceTitle namespace,
        KvKey key,
        KeyLabels labels,
        long size,
        Expiry expiry,
        KvVersion version,
        Instant created,
        Instant updated,
        Instant labelled) {
    /** When it expires; {@link Instant#MAX} for never. */
    public Instant ends() {
        return expiry instanceof Expiry.At at ? at.moment() : Instant.MAX;
    }
}
