package io.triport.storage.memory;

import io.triport.domain.object.Tags;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import io.triport.storage.object.HeldRow;
import io.triport.storage.object.ObjectChanges;
import io.triport.storage.object.ObjectRow;
import io.triport.storage.object.PartRow;
import io.triport.storage.object.UploadRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows in sorted maps, guarded by the lock of the index. Every change notes how to take it back. */
final class MemoryObjectRows implements ObjectChanges {
    private static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::key)
            .thenComparing(Comparator.comparingLong(Place::number).reversed());
    private static final Comparator<Place> OLDEST_FIRST =
            Comparator.comparing(Place::key).thenComparingLong(Place::number);

    private final NavigableMap<Place, ObjectRow> versions = new TreeMap<>(NEWEST_FIRST);
    private final NavigableMap<Long, Place> places = new TreeMap<>();
    private final NavigableMap<Long, UploadRow> uploads = new TreeMap<>();
    private final NavigableMap<String, Long> uploadNumbers = new TreeMap<>();
    private final NavigableMap<Place, Long> open = new TreeMap<>(OLDEST_FIRST);
    private final NavigableMap<Long, NavigableMap<Integer, PartRow>> parts = new TreeMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<String> written = new ArrayList<>();
    private final List<String> unnamed = new ArrayList<>();
    private long number;

    /** Where a row stands among those of all keys. */
    private record Place(Bytes key, long number) {}

    /** Ends a change. @return bytes that are to go */
    List<String> keep() {
        return ended(unnamed);
    }

    /** Takes a change back. @return bytes that are to go */
    List<String> undo() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
        return ended(written);
    }

    @Override
    public Optional<ObjectRow> latest(Bytes key) {
        return ofKey(key).findFirst();
    }

    @Override
    public Optional<HeldRow> latestHeld(Bytes key) {
        return latest(key).map(row -> new HeldRow(row, null));
    }

    @Override
    public Optional<ObjectRow> version(Bytes key, VersionId version) {
        return ofKey(key).filter(row -> row.version().equals(version)).findFirst();
    }

    @Override
    public boolean hasVersions(Bytes key) {
        return ofKey(key).anyMatch(row -> !row.version().equals(VersionId.NULL));
    }

    @Override
    public List<ObjectRow> objects(Bytes from, Bytes to, int most) {
        return range(new Place(from, Long.MAX_VALUE), to)
                .filter(row -> row.latest() && row.object() != null)
                .limit(most)
                .toList();
    }

    @Override
    public List<ObjectRow> versions(Bytes from, long below, Bytes to, int most) {
        return range(new Place(from, below), to).limit(most).toList();
    }

    @Override
    public Optional<UploadRow> upload(String id) {
        return Optional.ofNullable(uploadNumbers.get(id)).flatMap(this::upload);
    }

    @Override
    public Optional<UploadRow> upload(long ofNumber) {
        return Optional.ofNullable(uploads.get(ofNumber));
    }

    @Override
    public List<UploadRow> openUploads(Bytes from, long above, Bytes to, int most) {
        return open.tailMap(new Place(from, above), false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().key().compareTo(to) < 0)
                .limit(most)
                .flatMap(entry -> upload(entry.getValue()).stream())
                .toList();
    }

    @Override
    public List<UploadRow> uploadsToCollect(long startedBefore, long above, int most) {
        return uploads.tailMap(above, false).values().stream()
                .filter(upload -> upload.dropped()
                        || (upload.completion() == null && upload.started().toEpochMilli() < startedBefore))
                .limit(most)
                .toList();
    }

    @Override
    public List<PartRow> parts(long upload, int above, int most) {
        return partsOf(upload).tailMap(above, false).values().stream()
                .limit(most)
                .toList();
    }

    @Override
    public Optional<PartRow> part(long upload, int ofNumber) {
        return Optional.ofNullable(partsOf(upload).get(ofNumber));
    }

    @Override
    public Optional<PartRow> partAt(long upload, long offset) {
        return partsOf(upload).values().stream()
                .filter(part -> part.offset() <= offset && offset < part.offset() + part.size())
                .findFirst();
    }

    @Override
    public Optional<Bytes> withRow(long ofNumber) {
        throw new UnsupportedOperationException("bytes lie beside their rows");
    }

    @Override
    public void layWithRow(long ofNumber, Bytes bytes) {
        throw new UnsupportedOperationException("bytes lie beside their rows");
    }

    @Override
    public boolean names(String bytes) {
        throw new UnsupportedOperationException("names: of files only");
    }

    @Override
    public long nextNumber() {
        return ++number;
    }

    @Override
    public void insert(ObjectRow row) {
        set(new Place(row.key().bytes(), row.number()), row);
    }

    @Override
    public void markLatest(long ofNumber, boolean latest) {
        var row = row(ofNumber);
        insert(new ObjectRow(row.number(), row.key(), row.version(), latest, row.modified(), row.object()));
    }

    @Override
    public void replaceTags(long ofNumber, Tags tags) {
        var row = row(ofNumber);
        var object = row.object() == null ? null : row.object().with(tags);
        insert(new ObjectRow(row.number(), row.key(), row.version(), row.latest(), row.modified(), object));
    }

    @Override
    public void delete(long ofNumber) {
        var row = row(ofNumber);
        set(new Place(row.key().bytes(), ofNumber), null);
    }

    @Override
    public void insert(UploadRow upload) {
        set(upload.number(), upload);
    }

    @Override
    public void update(UploadRow upload) {
        set(upload.number(), upload);
    }

    @Override
    public void deleteUpload(long ofNumber) {
        set(ofNumber, null);
    }

    @Override
    public void put(PartRow part) {
        set(part.upload(), part.number(), part);
    }

    @Override
    public void deletePart(long upload, int ofNumber) {
        set(upload, ofNumber, null);
    }

    @Override
    public void written(String bytes) {
        written.add(bytes);
    }

    @Override
    public void unnamed(String bytes) {
        unnamed.add(bytes);
    }

    private Stream<ObjectRow> ofKey(Bytes key) {
        return versions.tailMap(new Place(key, Long.MAX_VALUE)).entrySet().stream()
                .takeWhile(entry -> entry.getKey().key().equals(key))
                .map(entry -> entry.getValue());
    }

    private Stream<ObjectRow> range(Place behind, Bytes to) {
        return versions.tailMap(behind, false).entrySet().stream()
                .takeWhile(entry -> entry.getKey().key().compareTo(to) < 0)
                .map(entry -> entry.getValue());
    }

    private ObjectRow row(long ofNumber) {
        var row = versions.get(places.get(ofNumber));
        if (row == null) {
            throw new IllegalArgumentException("row: " + ofNumber + " (expected: one that is there)");
        }
        return row;
    }

    private NavigableMap<Integer, PartRow> partsOf(long upload) {
        return parts.getOrDefault(upload, new TreeMap<>());
    }

    private void set(Place place, @Nullable ObjectRow row) {
        var before = versions.get(place);
        undo.push(() -> replace(place, before));
        replace(place, row);
    }

    private void replace(Place place, @Nullable ObjectRow row) {
        if (row == null) {
            versions.remove(place);
            places.remove(place.number());
        } else {
            versions.put(place, row);
            places.put(place.number(), place);
        }
    }

    private void set(long ofNumber, @Nullable UploadRow upload) {
        var before = uploads.get(ofNumber);
        undo.push(() -> replace(ofNumber, before));
        replace(ofNumber, upload);
    }

    private void replace(long ofNumber, @Nullable UploadRow upload) {
        var before = uploads.remove(ofNumber);
        if (before != null) {
            uploadNumbers.remove(before.id().text());
            open.remove(new Place(before.key().bytes(), ofNumber));
        }
        if (upload != null) {
            uploads.put(ofNumber, upload);
            uploadNumbers.put(upload.id().text(), ofNumber);
            if (upload.completion() == null && !upload.dropped()) {
                open.put(new Place(upload.key().bytes(), ofNumber), ofNumber);
            }
        }
    }

    private void set(long upload, int ofNumber, @Nullable PartRow part) {
        var before = partsOf(upload).get(ofNumber);
        undo.push(() -> replace(upload, ofNumber, before));
        replace(upload, ofNumber, part);
    }

    private void replace(long upload, int ofNumber, @Nullable PartRow part) {
        var ofUpload = parts.computeIfAbsent(upload, any -> new TreeMap<>());
        if (part == null) {
            ofUpload.remove(ofNumber);
        } else {
            ofUpload.put(ofNumber, part);
        }
        if (ofUpload.isEmpty()) {
            parts.remove(upload);
        }
    }

    private List<String> ended(List<String> toGo) {
        var gone = List.copyOf(toGo);
        undo.clear();
        written.clear();
        unnamed.clear();
        return gone;
    }
}
