package io.triport.storage.object;

import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.VersionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a key.
 *
 * @param number grows with every write
 * @param latest whether it is the newest of its key
 * @param object null for a delete marker
 */
public record ObjectRow(
        long number,
        ObjectKey key,
        VersionId version,
        boolean latest,
        Instant modified,
        @Nullable StoredObject object) {
    boolean marker() {
        return object == null;
    }

    ObjectInfo info(StoredObject of, List<ObjectPart> parts) {
        return new ObjectInfo(
                key,
                version,
                of.etag(),
                of.size(),
                modified,
                of.http(),
                of.user(),
                of.storageClass(),
                of.tags().entries().size(),
                of.checksum(),
                parts);
    }
}
