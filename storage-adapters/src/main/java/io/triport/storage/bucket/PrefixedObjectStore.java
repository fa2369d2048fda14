package io.triport.storage.bucket;

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
import io.triport.domain.request.InvalidInput;
import java.util.List;
import java.util.Optional;

/** The objects below a prefix, as a bucket that knows nothing of it. */
final class PrefixedObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final KeyAffix affix;
    private final KeyAffix source;

    PrefixedObjectStore(ObjectStore store, Bytes prefix) {
        this(store, prefix, prefix);
    }

    /** @param source before the keys of what copies come from */
    PrefixedObjectStore(ObjectStore store, Bytes prefix, Bytes source) {
        this.store = store;
        this.affix = new KeyAffix(prefix);
        this.source = new KeyAffix(source);
    }

    @Override
    public HeadOutcome head(ObjectRef object) {
        return affix.outside(store.head(affix.inside(object)));
    }

    @Override
    public GetOutcome get(ObjectRef object, ReadOptions options) {
        return affix.outside(store.get(affix.inside(object), options));
    }

    @Override
    public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        return affix.outside(store.put(inside(key, content), content, options));
    }

    @Override
    public CopyOutcome copy(CopySource from, ObjectKey target, CopyOptions options) {
        return affix.outside(store.copy(source.inside(from), affix.inside(target), options));
    }

    @Override
    public List<DeleteOutcome> delete(List<ObjectRef> objects, Conditions conditions) {
        return store.delete(objects.stream().map(affix::inside).toList(), conditions).stream()
                .map(affix::outside)
                .toList();
    }

    @Override
    public ObjectTagging tagging() {
        return new PrefixedTagging(store.tagging(), affix);
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        var inside = new ObjectQuery(
                affix.inside(query.prefix()),
                query.delimiter(),
                affix.inside(query.start()),
                query.limit(),
                query.versions());
        return switch (store.list(inside)) {
            case ObjectPage.Last page ->
                new ObjectPage.Last(page.entries().stream().map(affix::outside).toList());
            case ObjectPage.More page ->
                new ObjectPage.More(page.entries().stream().map(affix::outside).toList(), page.next());
        };
    }

    @Override
    public ObjectUploads uploads() {
        return new PrefixedObjectUploads(store.uploads(), affix, source);
    }

    @Override
    public Optional<AccessLists> accessLists() {
        return store.accessLists().map(lists -> new PrefixedAccessLists(lists, affix));
    }

    /** The store would own the content; a key that is too long with the prefix never gets there. */
    private ObjectKey inside(ObjectKey key, Content content) {
        try {
            return affix.inside(key);
        } catch (InvalidInput e) {
            content.close();
            throw e;
        }
    }

    private record PrefixedAccessLists(AccessLists lists, KeyAffix affix) implements AccessLists {
        @Override
        public Optional<Bytes> get(ObjectRef object) {
            return lists.get(affix.inside(object));
        }

        @Override
        public boolean put(ObjectRef object, Bytes document) {
            return lists.put(affix.inside(object), document);
        }

        /** Of the bucket behind it, of which this is a part. */
        @Override
        public void putOfBucket(Bytes document) {
            lists.putOfBucket(document);
        }
    }

    private record PrefixedTagging(ObjectTagging tagging, KeyAffix affix) implements ObjectTagging {
        @Override
        public Optional<Tags> get(ObjectRef object) {
            return tagging.get(affix.inside(object));
        }

        @Override
        public boolean put(ObjectRef object, Tags tags) {
            return tagging.put(affix.inside(object), tags);
        }
    }
}
