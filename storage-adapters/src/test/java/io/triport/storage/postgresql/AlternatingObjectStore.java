package io.triport.storage.postgresql;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectTagging;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Content;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A bucket of several nodes as a client behind a load balancer sees it: each call goes to the next. */
final class AlternatingObjectStore implements ObjectStore {
    private final List<ObjectStore> nodes;
    private final AtomicInteger calls;

    /** @param calls so far, which the next one is counted among */
    AlternatingObjectStore(List<ObjectStore> nodes, AtomicInteger calls) {
        this.nodes = nodes;
        this.calls = calls;
    }

    @Override
    public HeadOutcome head(ObjectRef object) {
        return next().head(object);
    }

    @Override
    public GetOutcome get(ObjectRef object, ReadOptions options) {
        return next().get(object, options);
    }

    @Override
    public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        return next().put(key, content, options);
    }

    @Override
    public CopyOutcome copy(CopySource source, ObjectKey target, CopyOptions options) {
        return next().copy(source, target, options);
    }

    @Override
    public List<DeleteOutcome> delete(List<ObjectRef> objects, Conditions conditions) {
        return next().delete(objects, conditions);
    }

    @Override
    public ObjectTagging tagging() {
        return next().tagging();
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        return next().list(query);
    }

    @Override
    public ObjectUploads uploads() {
        return next().uploads();
    }

    private ObjectStore next() {
        return nodes.get(Math.floorMod(calls.getAndIncrement(), nodes.size()));
    }
}
