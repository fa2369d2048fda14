package io.triport.kv;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.keyvalue.KvPair;
import io.triport.kv.wire.KvRefused;
import java.util.ArrayList;
import java.util.List;

/** The members of a put-many: those that can be stored, and those that never could. */
record PutBatch(List<KvPair> pairs, List<KvAnswer.FailedKey> refused) {
    /** @throws KvRefused when the key may not put one of them: then none has an effect */
    static PutBatch of(List<KvCommand.Item> items, KvSpace space) {
        var pairs = new ArrayList<KvPair>();
        var refused = new ArrayList<KvAnswer.FailedKey>();
        for (var item : items) {
            try {
                pairs.add(new KvPair(space.key(Action.KV_PUT, item.key()), item.entry()));
            } catch (StorageFailure.LimitExceeded | StorageFailure.Rejected e) {
                refused.add(new KvAnswer.FailedKey(item.key(), e.code()));
            }
        }
        return new PutBatch(pairs, refused);
    }
}
