package io.triport.kv.remote;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.StorageHealth;
import io.triport.kv.wire.ThisApp;

/** Ends the start where objects would lie in files of this node while other nodes serve the same data without them. */
@Context
@Requires(property = ThisApp.PROPERTY, value = ThisApp.NAME, defaultValue = ThisApp.NAME)
@Requires(bean = NodeBuckets.class)
final class NodeFiles {
    NodeFiles(StorageHealth storage) {
        storage.info()
                .require(
                        Capability.ALONE,
                        "triport.kv.buckets: files of one node (expected: storage: embedded or memory, without"
                                + " shared-data)");
    }
}
