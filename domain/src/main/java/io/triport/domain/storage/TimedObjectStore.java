package io.triport.domain.storage;

import io.triport.domain.object.AccessLists;
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
import io.triport.domain.object.Tags;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.util.List;
import java.util.Optional;

/** Tells how long each call took and what it came to. The time of a read ends where its bytes begin to flow. */
final class TimedObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final CallTimer timer;

    TimedObjectStore(ObjectStore store, CallTimer timer) {
        this.store = store;
        this.timer = timer;
    }

    @Override
    public HeadOutcome head(ObjectRef object) {
        return timer.about(object.key().bytes()).read("head", () -> store.head(object), TimedObjectStore::named);
    }

    @Override
    public GetOutcome get(ObjectRef object, ReadOptions options) {
        return timer.about(object.key().bytes())
                .read(
                        "get",
                        () -> opened(store.get(object, options)),
                        outcome -> named(outcome)
                                .giving(
                                        outcome instanceof GetOutcome.Found found
                                                ? found.slice().length()
                                                : 0));
    }

    private GetOutcome opened(GetOutcome outcome) {
        return outcome instanceof GetOutcome.Found(var info, var slice, var parts, var content)
                ? new GetOutcome.Found(info, slice, parts, timer.opened(content))
                : outcome;
    }

    @Override
    public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        return timer.about(key.bytes())
                .carry(
                        "put",
                        content,
                        carried -> store.put(key, carried, options),
                        outcome -> named(outcome)
                                .bringing(
                                        outcome instanceof PutOutcome.Stored stored
                                                ? stored.info().size()
                                                : 0));
    }

    @Override
    public CopyOutcome copy(CopySource source, ObjectKey target, CopyOptions options) {
        return timer.about(target.bytes())
                .changePatiently("copy", () -> store.copy(source, target, options), TimedObjectStore::named);
    }

    @Override
    public List<DeleteOutcome> delete(List<ObjectRef> objects, Conditions conditions) {
        var one = objects.size() == 1 ? objects.getFirst().key().bytes() : CallTimer.NO_KEY;
        return timer.about(one)
                .change(
                        "delete",
                        () -> store.delete(objects, conditions),
                        outcomes -> new StorageCall.Done("objects", Integer.toString(outcomes.size())));
    }

    @Override
    public ObjectTagging tagging() {
        return new TimedTagging(store.tagging(), timer);
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        return timer.read(
                "list",
                () -> store.list(query),
                page -> new StorageCall.Done(
                        "entries", Integer.toString(page.entries().size())));
    }

    @Override
    public ObjectUploads uploads() {
        return new TimedObjectUploads(store.uploads(), timer);
    }

    @Override
    public Optional<AccessLists> accessLists() {
        return store.accessLists().map(lists -> new TimedAccessLists(lists, timer));
    }

    /** The case of an outcome by its name, such as {@code PreconditionFailed}. */
    static StorageCall.Done named(Object outcome) {
        return new StorageCall.Done("outcome", outcome.getClass().getSimpleName());
    }

    private record TimedTagging(ObjectTagging tagging, CallTimer timer) implements ObjectTagging {
        @Override
        public Optional<Tags> get(ObjectRef object) {
            return timer.about(object.key().bytes())
                    .read(
                            "get-tags",
                            () -> tagging.get(object),
                            tags -> new StorageCall.Done("found", Boolean.toString(tags.isPresent())));
        }

        @Override
        public boolean put(ObjectRef object, Tags tags) {
            return timer.about(object.key().bytes())
                    .change(
                            "put-tags",
                            () -> tagging.put(object, tags),
                            found -> new StorageCall.Done("found", Boolean.toString(found)));
        }
    }

    private record TimedAccessLists(AccessLists lists, CallTimer timer) implements AccessLists {
        @Override
        public Optional<Bytes> get(ObjectRef object) {
            return timer.about(object.key().bytes())
                    .read(
                            "get-access",
                            () -> lists.get(object),
                            list -> new StorageCall.Done("found", Boolean.toString(list.isPresent())));
        }

        @Override
        public boolean put(ObjectRef object, Bytes document) {
            return timer.about(object.key().bytes())
                    .change(
                            "put-access",
                            () -> lists.put(object, document),
                            found -> new StorageCall.Done("found", Boolean.toString(found)));
        }

        @Override
        public void putOfBucket(Bytes document) {
            timer.change(
                    "put-bucket-access",
                    () -> {
                        lists.putOfBucket(document);
                        return true;
                    },
                    done -> new StorageCall.Done("found", Boolean.toString(done)));
        }
    }
}
