package io.triport.storage.s3;

import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The objects of one bucket as S3 would have them, with no versions. The monitor guards them. */
final class S3Model {
    record Stored(Bytes bytes, Map<String, String> fields, String etag, int parts) {}

    record Upload(String key, Map<String, String> fields, SortedMap<Integer, Stored> parts) {}

    record Page(List<String> keys, List<String> prefixes, String next) {}

    private final TreeMap<Bytes, Stored> objects = new TreeMap<>();
    private final TreeMap<Bytes, Map<String, String>> tags = new TreeMap<>();
    private final TreeMap<String, Upload> uploads = new TreeMap<>();

    synchronized @Nullable Stored get(String key) {
        return objects.get(Bytes.utf8(key));
    }

    /** For tests that need no more than a key. */
    void put(String key) {
        put(key, "");
    }

    void put(String key, String text) {
        put(key, new Stored(Bytes.utf8(text), Map.of(), "e", 0));
    }

    synchronized void put(String key, Stored stored) {
        objects.put(Bytes.utf8(key), stored);
        tags.remove(Bytes.utf8(key));
    }

    synchronized void remove(String key) {
        objects.remove(Bytes.utf8(key));
        tags.remove(Bytes.utf8(key));
    }

    synchronized List<String> keys() {
        return objects.keySet().stream().map(Bytes::toUtf8).toList();
    }

    synchronized Map<String, String> tags(String key) {
        return tags.getOrDefault(Bytes.utf8(key), Map.of());
    }

    synchronized void tag(String key, Map<String, String> entries) {
        tags.put(Bytes.utf8(key), Map.copyOf(entries));
    }

    synchronized Page list(String prefix, String delimiter, String after, int limit) {
        var keys = new ArrayList<String>();
        var prefixes = new TreeSet<Bytes>();
        var last = Bytes.EMPTY;
        for (var key : objects.keySet()) {
            var text = key.toUtf8();
            if (!text.startsWith(prefix) || key.compareTo(Bytes.utf8(after)) <= 0) {
                continue;
            }
            var cut = delimiter.isEmpty() ? -1 : text.indexOf(delimiter, prefix.length());
            var common = cut < 0 ? Bytes.EMPTY : Bytes.utf8(text.substring(0, cut + delimiter.length()));
            if (!common.isEmpty() && prefixes.contains(common)) {
                last = key;
                continue;
            }
            if (keys.size() + prefixes.size() == limit) {
                return new Page(keys, texts(prefixes), last.toUtf8());
            }
            if (common.isEmpty()) {
                keys.add(text);
            } else {
                prefixes.add(common);
            }
            last = key;
        }
        return new Page(keys, texts(prefixes), "");
    }

    private static List<String> texts(Set<Bytes> prefixes) {
        return prefixes.stream().map(Bytes::toUtf8).toList();
    }

    synchronized String start(String key, Map<String, String> fields) {
        var id = "upload-" + (uploads.size() + 1);
        uploads.put(id, new Upload(key, fields, new TreeMap<>()));
        return id;
    }

    synchronized @Nullable Upload upload(@Nullable String id) {
        return id == null ? null : uploads.get(id);
    }

    synchronized Map<String, Upload> uploads() {
        return new TreeMap<>(uploads);
    }

    synchronized boolean drop(@Nullable String id) {
        return id != null && uploads.remove(id) != null;
    }
}
