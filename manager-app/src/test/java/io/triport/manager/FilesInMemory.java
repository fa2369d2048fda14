package io.triport.manager;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ETag;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.object.ObjectTagging;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PartPage;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Slice;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.testkit.GeneratedContent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One bucket in memory, as far as the manager uses it. */
public final class FilesInMemory implements ObjectStore, ObjectUploads, ObjectStores {
    private final Map<ObjectKey, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Upload> uploads = new ConcurrentSkipListMap<>();
    private final Map<String, CountDownLatch> heldReads = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> heldWrites = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Clock clock;

    private record Stored(Bytes bytes, Instant modified) {}

    private record Upload(ObjectKey key, Instant started, Map<Integer, Bytes> parts, AtomicBoolean completed) {}

    public FilesInMemory(Clock clock) {
        this.clock = clock;
    }

    /** Whoever reads such objects waits until the latch is counted down. @param prefix of their names */
    public CountDownLatch holdReads(String prefix) {
        return heldReads.computeIfAbsent(prefix, any -> new CountDownLatch(1));
    }

    /** The same for who writes them. */
    public CountDownLatch holdWrites(String prefix) {
        return heldWrites.computeIfAbsent(prefix, any -> new CountDownLatch(1));
    }

    private static void await(Map<String, CountDownLatch> held, ObjectKey key) {
        held.forEach((prefix, latch) -> {
            if (key.text().startsWith(prefix)) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    /** The names of all objects. */
    public List<String> names() {
        return objects.keySet().stream().map(ObjectKey::text).toList();
    }

    @Override
    public Optional<ObjectStore> bucket(BucketName bucket) {
        return Optional.of(this);
    }

    @Override
    public HeadOutcome head(ObjectRef object) {
        var stored = objects.get(object.key());
        return stored == null ? new HeadOutcome.Missing() : new HeadOutcome.Found(info(object.key(), stored));
    }

    @Override
    public GetOutcome get(ObjectRef object, ReadOptions options) {
        await(heldReads, object.key());
        var stored = objects.get(object.key());
        if (stored == null) {
            return new GetOutcome.Missing();
        }
        var size = stored.bytes.size();
        var slice = switch (options.range()) {
            case null -> new Slice(0, size);
            case ByteRange.Between(var first, var last) -> new Slice(first, Math.min(last, size - 1) - first + 1);
            case ByteRange.From(var first) -> new Slice(first, Math.max(0, size - first));
            case ByteRange.Last(var count) -> new Slice(Math.max(0, size - count), Math.min(count, size));
            case ByteRange.Part part -> throw new UnsupportedOperationException();
        };
        if (options.range() != null && slice.offset() >= size) {
            return new GetOutcome.RangeRefused(size);
        }
        var bytes = stored.bytes.slice((int) slice.offset(), (int) (slice.offset() + slice.length()));
        return new GetOutcome.Found(info(object.key(), stored), slice, 0, Content.of(bytes));
    }

    @Override
    public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
        await(heldWrites, key);
        var stored = new Stored(GeneratedContent.read(content), clock.instant());
        objects.put(key, stored);
        return new PutOutcome.Stored(info(key, stored));
    }

    @Override
    public CopyOutcome copy(CopySource source, ObjectKey target, CopyOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DeleteOutcome> delete(List<ObjectRef> gone, Conditions conditions) {
        gone.forEach(object -> objects.remove(object.key()));
        return gone.stream()
                .<DeleteOutcome>map(object -> new DeleteOutcome.Deleted(object, null, false))
                .toList();
    }

    @Override
    public ObjectTagging tagging() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        return new ObjectPage.Last(objects.entrySet().stream()
                .filter(entry -> entry.getKey().bytes().startsWith(query.prefix()))
                .<Listed>map(entry -> new Listed.Item(info(entry.getKey(), entry.getValue()), true))
                .toList());
    }

    @Override
    public ObjectUploads uploads() {
        return this;
    }

    @Override
    public UploadRef start(ObjectKey key, UploadOptions options) {
        var id = "upload-" + numbers.incrementAndGet();
        uploads.put(id, new Upload(key, clock.instant(), new ConcurrentSkipListMap<>(), new AtomicBoolean()));
        return new UploadRef(key, new UploadId(id));
    }

    @Override
    public PartOutcome part(UploadRef upload, int number, Content content, List<ChecksumClaim> checksums) {
        var found = uploads.get(upload.id().text());
        if (found == null) {
            return new PartOutcome.NoSuchUpload();
        }
        var bytes = GeneratedContent.read(content);
        found.parts.put(number, bytes);
        return new PartOutcome.Stored(part(number, bytes));
    }

    @Override
    public PartOutcome copyPart(UploadRef upload, int number, CopySource source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompleteOutcome complete(UploadRef upload, List<PartClaim> claims, CompleteOptions options) {
        var found = uploads.get(upload.id().text());
        if (found == null) {
            return new CompleteOutcome.NoSuchUpload();
        }
        found.completed.set(true);
        var whole = Bytes.EMPTY;
        for (var claim : claims) {
            whole = whole.concat(found.parts.getOrDefault(claim.number(), Bytes.EMPTY));
        }
        var stored = new Stored(whole, clock.instant());
        objects.put(upload.key(), stored);
        return new CompleteOutcome.Completed(info(upload.key(), stored));
    }

    @Override
    public boolean abort(UploadRef upload) {
        return uploads.remove(upload.id().text()) != null;
    }

    @Override
    public Optional<PartPage> parts(UploadRef upload, int after, int limit) {
        return Optional.ofNullable(uploads.get(upload.id().text()))
                .map(found -> new PartPage(
                        UploadOptions.PLAIN,
                        found.parts.entrySet().stream()
                                .filter(entry -> entry.getKey() > after)
                                .limit(limit)
                                .map(entry -> part(entry.getKey(), entry.getValue()))
                                .toList(),
                        false));
    }

    @Override
    public UploadPage list(UploadQuery query) {
        return new UploadPage(
                uploads.entrySet().stream()
                        .filter(entry -> !entry.getValue().completed.get())
                        .<UploadPage.Entry>map(entry -> new UploadPage.Entry.Upload(
                                new UploadRef(entry.getValue().key, new UploadId(entry.getKey())),
                                entry.getValue().started,
                                UploadOptions.PLAIN))
                        .toList(),
                null);
    }

    /** The names of objects of which there are parts and nothing else yet, each as often as it was begun. */
    public List<String> unfinished() {
        return uploads.values().stream()
                .filter(upload -> !upload.completed.get())
                .map(upload -> upload.key.text())
                .toList();
    }

    private ObjectPart part(int number, Bytes bytes) {
        return new ObjectPart(number, etag(bytes), bytes.size(), clock.instant(), null);
    }

    private static ObjectInfo info(ObjectKey key, Stored stored) {
        return new ObjectInfo(
                key,
                VersionId.NULL,
                etag(stored.bytes),
                stored.bytes.size(),
                stored.modified,
                HttpMetadata.NONE,
                UserMetadata.NONE,
                StorageClass.STANDARD,
                0,
                null,
                List.of());
    }

    private static ETag etag(Bytes bytes) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(bytes.toByteArray());
            return new ETag(Bytes.copyOf(digest).toHex());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
