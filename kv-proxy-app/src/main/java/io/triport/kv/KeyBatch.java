package io.triport.kv;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvKey;
import io.triport.kv.wire.KvRefused;
import java.util.ArrayList;
import java.util.List;

/** The keys of a get-many or delete-many: those that an entry can have, and those that none ever could. */
record KeyBatch(List<KvKey> keys, List<KvAnswer.FailedKey> refused) {
    /** @throws KvRefused when the caller may not do that to one of them: then none is read or deleted */
    static KeyBatch of(List<String> texts, Action action, KvSpace space) {
        var keys = new ArrayList<KvKey>();
        var refused = new ArrayList<KvAnswer.FailedKey>();
        for (var text : texts) {
            try {
                keys.add(space.key(action, text));
            } catch (StorageFailure.LimitExceeded | StorageFailure.Rejected e) {
                refused.add(new KvAnswer.FailedKey(text, e.code()));
            }
        }
        return new KeyBatch(keys, refused);
    }
}
