package io.triport.manager.backup;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Sha256;
import io.triport.manager.answer.Json;
import io.triport.manager.job.JobFailed;
import io.triport.manager.transfer.ContentStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The backups of all namespaces. @param bucket in which they lie */
public record BackupStore(ObjectStore bucket) {
    private static final int READ_AT_ONCE = 65_536;
    private static final int REMOVED_AT_ONCE = 500;

    /** A backup that lies there. */
    public record Kept(BackupPath path, ObjectInfo info) {}

    private record Measured(long size, String sha256) {}

    /** Those of a namespace, the newest first. */
    public List<Kept> list(String namespace) {
        var found = below(BackupPath.folder(namespace));
        found.sort(Comparator.comparingLong((Kept kept) -> kept.path().millis()).reversed());
        return found;
    }

    /** Those of all namespaces. */
    public List<BackupPath> all() {
        return below(BackupPath.ALL).stream().map(Kept::path).toList();
    }

    private List<Kept> below(String folder) {
        var found = new ArrayList<Kept>();
        var query = ObjectQuery.of(folder);
        while (true) {
            var page = bucket.list(query);
            for (var entry : page.entries()) {
                if (entry instanceof Listed.Item item
                        && BackupPath.matches(item.info().key().text())) {
                    found.add(new Kept(BackupPath.parse(item.info().key().text()), item.info()));
                }
            }
            if (!(page instanceof ObjectPage.More more)) {
                return found;
            }
            query = query.from(new ListStart.Resumed(more.next()));
        }
    }

    public boolean has(BackupPath path) {
        return bucket.head(ObjectRef.current(path.key())) instanceof HeadOutcome.Found;
    }

    /** Empty for one of an earlier version. */
    public Optional<BackupManifest> manifest(BackupPath path) {
        if (!(bucket.get(ObjectRef.current(path.manifest()), ReadOptions.WHOLE) instanceof GetOutcome.Found found)) {
            return Optional.empty();
        }
        try (var stream = new ContentStream(found.content())) {
            return Optional.of(BackupManifest.parse(path, Json.parse(Bytes.copyOf(stream.readAllBytes()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes down what a backup is that has just been written, as it is read back. */
    public BackupManifest seal(BackupPath path, long items, Instant now) {
        var measured = measure(path).orElseThrow(() -> new JobFailed("interrupted", "The backup was lost on its way"));
        var manifest = new BackupManifest(path, items, measured.size, measured.sha256, now);
        var content = Content.of(Json.bytes(manifest.json()));
        if (!(bucket.put(path.manifest(), content, WriteOptions.PLAIN) instanceof PutOutcome.Stored)) {
            throw new JobFailed("interrupted", "The backup's manifest was lost on its way");
        }
        return manifest;
    }

    /** Reads the whole backup. */
    public BackupVerdict verify(BackupPath path) {
        var measured = measure(path);
        if (measured.isEmpty()) {
            return new BackupVerdict.Missing();
        }
        var size = measured.get().size;
        var sha256 = measured.get().sha256;
        var manifest = manifest(path);
        if (manifest.isEmpty()) {
            return new BackupVerdict.Unsealed(size, sha256);
        }
        return manifest.get().size() == size && manifest.get().sha256().equals(sha256)
                ? new BackupVerdict.Sound(manifest.get())
                : new BackupVerdict.Changed(manifest.get(), size, sha256);
    }

    private Optional<Measured> measure(BackupPath path) {
        if (!(bucket.get(ObjectRef.current(path.key()), ReadOptions.WHOLE) instanceof GetOutcome.Found found)) {
            return Optional.empty();
        }
        var digest = Sha256.begun();
        var size = 0L;
        try (var stream = new ContentStream(found.content())) {
            var buffer = new byte[READ_AT_ONCE];
            for (var read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(new Measured(size, Sha256.hex(digest.digest())));
    }

    /** The manifest last: a backup without one is still known, one of which nothing is left but that is not. */
    public void remove(List<BackupPath> paths) {
        for (var from = 0; from < paths.size(); from += REMOVED_AT_ONCE) {
            var some = paths.subList(from, Math.min(paths.size(), from + REMOVED_AT_ONCE));
            bucket.delete(some.stream().map(path -> ref(path.key())).toList(), Conditions.NONE);
            bucket.delete(some.stream().map(path -> ref(path.manifest())).toList(), Conditions.NONE);
        }
    }

    private static ObjectRef ref(ObjectKey key) {
        return ObjectRef.current(key);
    }
}
