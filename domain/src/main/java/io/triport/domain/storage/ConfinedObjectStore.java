package io.triport.domain.storage;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.object.AccessLists;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bucket as far as a grant reaches. A call that reaches further has no effect and tells nothing about what lies there. */
final class ConfinedObjectStore implements ObjectStore {
    /*
     * Listings
     *
     * The prefix that is asked for must lie under a permitted one. Where it is that prefix itself, without a slash at its end,
     * keys begin with it that the grant does not reach (`data-private` under `data`); they are left out of the page, which may
     * so become short, or empty with more to come.
     */
    private final ObjectStore store;
    private final GrantGuard guard;
    private final BucketName bucket;
    private final BucketName source;

    /** @param source where copies come from */
    ConfinedObjectStore(ObjectStore store, GrantGuard guard, BucketName bucket, BucketName source) {
        this.store = store;
        this.guard = guard;
        this.bucket = bucket;
        this.source = source;
    }

    @Override
    public HeadOutcome head(ObjectRef object) {
        require(object.version() == null ? Action.OBJECT_HEAD : Action.OBJECT_GET_VERSION, object.key());
        return store.head(object);
    }

    @Override
    public GetOutcome get(ObjectRef object, ReadOptions options) {
        requireRead(object);
        return store.get(object, options);
    }

    @Override
    public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        try {
            require(Action.OBJECT_PUT, key);
        } catch (StorageFailure.AccessDenied e) {
            content.close();
            throw e;
        }
        return store.put(key, content, options);
    }

    @Override
    public CopyOutcome copy(CopySource from, ObjectKey target, CopyOptions options) {
        require(Action.OBJECT_PUT, target);
        var read = from.object().version() == null ? Action.OBJECT_GET : Action.OBJECT_GET_VERSION;
        guard.require(read, new ResourceName(source.text(), from.object().key().bytes()));
        return store.copy(from, target, options);
    }

    /** Each object is judged on its own: those that the grant does not reach are told apart and the others deleted. */
    @Override
    public List<DeleteOutcome> delete(List<ObjectRef> objects, Conditions conditions) {
        guard.requireLive();
        if (objects.isEmpty() || objects.size() > ObjectLimits.DELETE_AT_ONCE) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "delete: " + objects.size() + " (1..1000)");
        }
        var permitted = objects.stream().filter(this::mayDelete).toList();
        var done = permitted.isEmpty()
                ? List.<DeleteOutcome>of().iterator()
                : store.delete(permitted, conditions).iterator();
        var outcomes = new ArrayList<DeleteOutcome>(objects.size());
        for (var object : objects) {
            outcomes.add(mayDelete(object) ? done.next() : new DeleteOutcome.Denied(object));
        }
        return outcomes;
    }

    @Override
    public ObjectTagging tagging() {
        return new ConfinedTagging(store.tagging());
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        var action =
                query.versions() == ObjectQuery.Versions.CURRENT ? Action.OBJECT_LIST : Action.OBJECT_LIST_VERSIONS;
        guard.require(action, name(query.prefix()));
        return switch (store.list(query)) {
            case ObjectPage.Last page -> new ObjectPage.Last(within(action, page.entries()));
            case ObjectPage.More page -> new ObjectPage.More(within(action, page.entries()), page.next());
        };
    }

    @Override
    public ObjectUploads uploads() {
        return new ConfinedObjectUploads(store.uploads(), guard, bucket, source);
    }

    @Override
    public Optional<AccessLists> accessLists() {
        return store.accessLists().map(ConfinedAccessLists::new);
    }

    private List<Listed> within(Action action, List<Listed> entries) {
        return entries.stream()
                .filter(entry -> guard.permits(action, name(entry.sortedBy())))
                .toList();
    }

    private boolean mayDelete(ObjectRef object) {
        var action = object.version() == null ? Action.OBJECT_DELETE : Action.OBJECT_DELETE_VERSION;
        return guard.permits(action, name(object.key().bytes()));
    }

    private void requireRead(ObjectRef object) {
        require(object.version() == null ? Action.OBJECT_GET : Action.OBJECT_GET_VERSION, object.key());
    }

    private void require(Action action, ObjectKey key) {
        guard.require(action, name(key.bytes()));
    }

    private ResourceName name(Bytes item) {
        return new ResourceName(bucket.text(), item);
    }

    private final class ConfinedTagging implements ObjectTagging {
        private final ObjectTagging tagging;

        private ConfinedTagging(ObjectTagging tagging) {
            this.tagging = tagging;
        }

        @Override
        public Optional<Tags> get(ObjectRef object) {
            require(Action.OBJECT_GET_TAGS, object.key());
            return tagging.get(object);
        }

        @Override
        public boolean put(ObjectRef object, Tags tags) {
            require(tags.entries().isEmpty() ? Action.OBJECT_DELETE_TAGS : Action.OBJECT_PUT_TAGS, object.key());
            return tagging.put(object, tags);
        }
    }

    /** The list of an object is about it as what is written of it is. */
    private final class ConfinedAccessLists implements AccessLists {
        private final AccessLists lists;

        private ConfinedAccessLists(AccessLists lists) {
            this.lists = lists;
        }

        @Override
        public Optional<Bytes> get(ObjectRef object) {
            require(object.version() == null ? Action.OBJECT_HEAD : Action.OBJECT_GET_VERSION, object.key());
            return lists.get(object);
        }

        @Override
        public boolean put(ObjectRef object, Bytes document) {
            require(Action.OBJECT_PUT, object.key());
            return lists.put(object, document);
        }

        @Override
        public void putOfBucket(Bytes document) {
            guard.require(Action.BUCKET_PUT_CONFIG, ResourceName.container(bucket.text()));
            lists.putOfBucket(document);
        }
    }
}
