package io.triport.storage.bucket;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.storage.memory.Memory;
import io.triport.testkit.ObjectFixture;
import io.triport.testkit.ObjectStoreContract;
import java.util.List;

/** Keys beside the prefix are never seen: they are written beforehand, on both sides of it. */
final class PrefixedObjectStoreTest extends ObjectStoreContract {
    private static final Bytes PREFIX = Bytes.utf8("t/");

    @Override
    protected String adapter() {
        return "prefixed";
    }

    @Override
    protected ObjectFixture create() {
        return new BucketFixture(
                Memory.OBJECTS.below(PREFIX.size()), (whole, clock) -> new PrefixedObjectStore(beset(whole), PREFIX));
    }

    private static ObjectStore beset(ObjectStore whole) {
        for (var name : List.of("a", "t", "t0", "z")) {
            var key = ObjectKey.of(name);
            whole.put(key, Content.of(Bytes.utf8("beside")), WriteOptions.PLAIN.under(Conditions.CREATE_ONLY));
        }
        return whole;
    }
}
