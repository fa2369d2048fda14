package io.triport.storage.caffeine;

import io.triport.domain.cache.CacheLimits;
import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import io.triport.domain.storage.CachePlace;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Caches with a directory, and a look at what is in it. */
record DiskWorld(CaffeineResponseCaches caches, Path directory, SettableClock clock, CrampedDisk disk)
        implements AutoCloseable {
    static final CacheName PAGES = new CacheName("pages");
    static final CachePart ANN = new CachePart("ann");

    /** As the KV proxy has them, but for the bounds. */
    static DiskWorld open(Path directory) {
        return open(directory, ByteSize.ofMiB(4), ByteSize.ofMiB(4), CaffeineResponseCaches.SMALL);
    }

    static DiskWorld open(Path directory, ByteSize heap, ByteSize most, ByteSize small) {
        var clock = SettableClock.anywhere();
        var disk = new CrampedDisk();
        var place = new CachePlace.MemoryAndDisk(directory.toString(), most);
        var largest = most.compareTo(ByteSize.ofMiB(1)) < 0 ? most : ByteSize.ofMiB(1);
        var caches = CaffeineResponseCaches.withDisk(new CacheLimits(heap, largest), place, small, disk, clock);
        return new DiskWorld(caches, directory, clock, disk);
    }

    ResponseCache cache() {
        return caches.cache(PAGES, ANN);
    }

    CachePut put(String path, Content body) {
        return put(path, "public, max-age=60", body);
    }

    CachePut put(String path, String control, Content body) {
        return put(ANN, path, control, body);
    }

    CachePut put(CachePart who, String path, String control, Content body) {
        var headers = new Headers(Map.of("cache-control", List.of(control), "cache-tag", List.of("red")));
        return caches.cache(PAGES, who).put(get(path), new CachedResponse(200, headers, body));
    }

    CacheMatch match(String path) {
        return cache().match(get(path));
    }

    /** Of one that is there. */
    Content body(String path) {
        return ((CacheMatch.Hit) match(path)).response().body();
    }

    static CacheRequest get(String path) {
        return CacheRequest.get(CacheUrl.parse("https://site.example" + path));
    }

    static CacheRequest range(String path, String range) {
        return get(path).with(new Headers(Map.of("range", List.of(range))));
    }

    /** The names of all files but that of the lock. */
    Set<String> files() {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("triport-cache.lock"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only file. */
    Path file() {
        var files = files();
        if (files.size() != 1) {
            throw new AssertionError("files: " + files + " (expected: one)");
        }
        return directory.resolve(files.iterator().next());
    }

    /** The names of the files that responses name. */
    Set<String> named() {
        return caches.files().map(BodyFile::name).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        caches.close();
    }
}
