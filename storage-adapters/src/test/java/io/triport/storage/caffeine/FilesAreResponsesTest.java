package io.triport.storage.caffeine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheTag;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Headers;
import io.triport.testkit.AtOnce;
import io.triport.testkit.GeneratedContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to caches: the files in their directory are the bodies of their responses, no more and no less. */
final class FilesAreResponsesTest {
    private static final ByteSize HEAP = ByteSize.ofBytes(12_000);
    private static final ByteSize DISK = ByteSize.ofBytes(20_000);
    private static final ByteSize SMALL = ByteSize.ofBytes(500);
    private static final int STEPS = 1_500;
    private static final int CALLERS = 8;
    private static final int STEPS_OF_CALLER = 400;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void after_every_step_of_one_caller(int seed) throws IOException {
        try (var world = DiskWorld.open(directory, HEAP, DISK, SMALL)) {
            var chance = new Random(seed);
            var seen = 0;
            for (var number = 0; number < STEPS; number++) {
                step(world, chance);
                if (chance.nextInt(20) == 0) {
                    world.clock().advance(Duration.ofSeconds(chance.nextInt(20)));
                }
                assertThat(world.files()).as("step " + number).isEqualTo(world.named());
                assertThat(bytes(world)).isLessThanOrEqualTo(DISK.bytes());
                seen = Math.max(seen, world.files().size());
            }
            assertThat(seen).isGreaterThan(3);
        }
        assertThat(names()).containsExactly("triport-cache.lock");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void after_many_steps_of_many_callers_at_once(int seed) {
        try (var world = DiskWorld.open(directory, HEAP, DISK, SMALL)) {
            AtOnce.run(CALLERS, caller -> () -> {
                var chance = new Random(seed * 100L + caller);
                for (var number = 0; number < STEPS_OF_CALLER; number++) {
                    step(world, chance);
                }
                return caller;
            });

            assertThat(world.files()).isEqualTo(world.named());
            assertThat(bytes(world)).isLessThanOrEqualTo(DISK.bytes());
        }
    }

    private static void step(DiskWorld world, Random chance) {
        var cache = world.caches().cache(DiskWorld.PAGES, new CachePart("p" + chance.nextInt(2)));
        var request = DiskWorld.get("/" + chance.nextInt(12))
                .with(new Headers(Map.of("accept", List.of("kind" + chance.nextInt(3)))));
        switch (chance.nextInt(20)) {
            case 0, 1 -> cache.delete(request);
            case 2 -> cache.purge(new Purge.Url(request.url()));
            case 3 -> cache.purge(new Purge.Tag(new CacheTag("t" + chance.nextInt(10))));
            case 4 ->
                assertThatThrownBy(() -> put(cache, request, chance, 1_000)).isInstanceOf(UncheckedIOException.class);
            case 5 -> world.caches().sweep();
            case 6 -> emptySeldom(world, chance);
            case 7, 8, 9, 10, 11, 12 -> requireWhole(cache.match(request));
            default -> put(cache, request, chance, Long.MAX_VALUE);
        }
    }

    private static void emptySeldom(DiskWorld world, Random chance) {
        if (chance.nextInt(10) == 0) {
            world.caches().empty();
        }
    }

    private static void put(ResponseCache cache, CacheRequest request, Random chance, long breaksAfter) {
        var number = chance.nextInt(1_000);
        var size = breaksAfter == Long.MAX_VALUE ? 1 + chance.nextInt(4_000) : 4_000;
        var control = (chance.nextBoolean() ? "public, " : "") + "max-age=" + (1 + chance.nextInt(60));
        var headers = new Headers(Map.of(
                "cache-control", List.of(control),
                "cache-tag", List.of("t" + chance.nextInt(10)),
                "vary", List.of("accept"),
                "x-number", List.of(Integer.toString(number))));
        var body = GeneratedContent.of(number, size, 700).breakingAfter(breaksAfter);
        cache.put(request, new CachedResponse(200, headers, body));
    }

    /** What was found is the body of the response that it comes with. */
    private static void requireWhole(CacheMatch match) {
        if (match instanceof CacheMatch.Hit(var response)) {
            var number = Integer.parseInt(response.headers().only("x-number").orElseThrow());
            var length =
                    Long.parseLong(response.headers().only("content-length").orElseThrow());
            assertThat(GeneratedContent.read(response.body()))
                    .isEqualTo(GeneratedContent.of(number, length, 700).whole());
        }
    }

    private static long bytes(DiskWorld world) {
        return world.caches().files().mapToLong(BodyFile::length).sum();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
