package io.triport.storage.shared;

import io.triport.domain.object.ObjectStore;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.ObjectCapability;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.EmbeddedObjects;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;

/** Opens objects whose rows are shared and whose bytes lie in a bucket of somebody else. */
public final class SharedObjects {
    /*
     * Steps of a write
     *
     * The name is announced; the bytes are put under it; one transaction judges the conditions, names the bytes in a row and takes
     * the announcement away. That transaction is the commit. Whoever dies before it leaves an announcement, by which the bytes are
     * found: what is there is never listed. Bytes are never written over, so whoever has a row can read what it names, for as long as
     * he is known to read.
     */

    /** As durable as the weaker half, of which nobody knows more than that it has answered. */
    public static final ObjectStoreInfo INFO =
            new ObjectStoreInfo("postgresql-s3", Durability.PROCESS, Set.of(ObjectCapability.values()));

    private SharedObjects() {}

    /**
     * Costs nothing before the first call.
     *
     * @param index which is closed with the objects
     * @param store that has the bytes, asked for with each call; nobody else writes below the prefix
     * @param prefix before the name of each run of bytes
     */
    public static EmbeddedObjects open(
            SharedIndex index, Supplier<ObjectStore> store, Bytes prefix, Clock clock, Randomness randomness) {
        var bytes = new SharedBytes(index.bytes(), new Runs(store, prefix), randomness);
        return new EmbeddedObjects(index.rows(), bytes, clock, randomness);
    }
}
