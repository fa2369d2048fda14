package io.triport.storage.caffeine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheTag;
import io.triport.domain.cache.Purge;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.WatchedContent;
import io.triport.testkit.GeneratedContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large bodies in files. */
final class BodiesOnDiskTest {
    private static final int LARGE = 300_000;
    private static final CachePart BEN = new CachePart("ben");
    private static final CacheMatch MISS = new CacheMatch.Miss();

    @TempDir
    private Path directory;

    private DiskWorld world;

    @BeforeEach
    void open() {
        world = DiskWorld.open(directory);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void bodies_of_more_than_64_kib_lie_in_a_file_each_and_others_do_not() {
        world.put("/small", content(1, 65_536));
        assertThat(world.files()).isEmpty();

        world.put("/large", content(2, 65_537));
        world.put("/larger", content(3, LARGE));

        assertThat(world.files()).hasSize(2).isEqualTo(world.named()).allMatch(name -> name.endsWith(".body"));
        assertThat(read("/small")).isEqualTo(content(1, 65_536).whole());
        assertThat(read("/large")).isEqualTo(content(2, 65_537).whole());
        assertThat(read("/larger")).isEqualTo(content(3, LARGE).whole());
        assertThat(world.caches().adapter()).isEqualTo("caffeine-disk");
    }

    @Test
    void a_body_is_on_the_disk_while_it_comes_and_is_nobodys_before_it_is_whole() {
        var written = new AtomicLong();
        var coming = new WatchedContent(content(1, LARGE), bytes -> {
            written.accumulateAndGet(partial(), Math::max);
            assertThat(world.match("/a")).isEqualTo(MISS);
        });

        world.put("/a", coming);

        assertThat(written.get()).isGreaterThan(LARGE - 2 * 65_536);
        assertThat(world.files()).isEqualTo(world.named()).hasSize(1);
    }

    @Test
    void a_range_is_read_from_within_the_file() {
        var whole = content(1, LARGE).whole();
        world.put("/a", content(1, LARGE));

        for (var from : new int[] {0, 1, 65_535, 65_536, 131_072, LARGE - 1}) {
            for (var to : new int[] {from + 1, from + 65_536, from + 200_000}) {
                var end = Math.min(to, LARGE);
                var part = (CacheMatch.Partial)
                        world.cache().match(DiskWorld.range("/a", "bytes=" + from + "-" + (end - 1)));
                assertThat(GeneratedContent.read(part.response().body()))
                        .as(from + " to " + end)
                        .isEqualTo(whole.slice(from, end));
            }
        }
    }

    @Test
    void a_body_that_breaks_off_or_is_too_large_leaves_no_file_and_what_was_there() {
        world.put("/a", content(1, LARGE));
        var before = world.files();

        assertThatThrownBy(() -> world.put("/a", content(2, LARGE).breakingAfter(200_000)))
                .isInstanceOf(UncheckedIOException.class);
        var tooLarge = content(3, (1 << 20) + 1);
        assertThat(world.put("/a", tooLarge)).isEqualTo(new CachePut.NotStorable(CachePut.Reason.TOO_LARGE));

        assertThat(tooLarge.closed()).isTrue();
        assertThat(world.files()).isEqualTo(before);
        assertThat(read("/a")).isEqualTo(content(1, LARGE).whole());
    }

    @Test
    void the_file_of_a_response_goes_with_it() {
        world.put("/a", content(1, LARGE));
        var first = world.files();
        world.put("/a", content(2, LARGE));
        assertThat(world.files()).hasSize(1).doesNotContainAnyElementsOf(first);

        assertThat(world.cache().delete(DiskWorld.get("/a"))).isTrue();
        assertThat(world.files()).isEmpty();

        world.put("/a", content(1, LARGE));
        world.put("/a", Content.of(Bytes.utf8("small")));
        assertThat(world.files()).isEmpty();

        world.put("/a", content(1, LARGE));
        world.put("/b", content(2, LARGE));
        world.cache().purge(new Purge.Url(DiskWorld.get("/a").url()));
        assertThat(world.files()).hasSize(1);
        world.cache().purge(new Purge.Tag(new CacheTag("red")));
        assertThat(world.files()).isEmpty();

        world.put("/a", content(1, LARGE));
        world.caches().empty();
        assertThat(world.files()).isEmpty();
        assertThat(world.match("/a")).isEqualTo(MISS);
    }

    @Test
    void a_public_response_takes_the_file_of_the_callers_own() {
        world.put("/a", "max-age=60", content(1, LARGE));

        world.put("/a", "public, max-age=60", content(2, LARGE));

        assertThat(world.files()).hasSize(1).isEqualTo(world.named());
        assertThat(read("/a")).isEqualTo(content(2, LARGE).whole());
    }

    @Test
    void what_is_no_longer_fresh_leaves_the_disk_with_the_next_sweep() {
        world.put("/short", "public, max-age=10, s-maxage=30", content(1, LARGE));
        world.put("/long", "public, max-age=600", content(2, LARGE));

        world.clock().advance(Duration.ofSeconds(29));
        world.caches().sweep();
        assertThat(world.files()).hasSize(2);

        world.clock().advance(Duration.ofSeconds(3));
        assertThat(world.match("/short")).isEqualTo(MISS);
        world.caches().sweep();
        assertThat(world.files()).hasSize(1).isEqualTo(world.named());
        assertThat(read("/long")).isEqualTo(content(2, LARGE).whole());
    }

    @Test
    void all_files_together_have_no_more_than_the_disk_takes() {
        IntStream.range(0, 40).forEach(number -> {
            world.put("/" + number, content(number, LARGE));
            assertThat(world.files()).hasSizeLessThanOrEqualTo(13).isEqualTo(world.named());
        });

        assertThat(world.files()).isNotEmpty();
    }

    @Test
    void what_leaves_the_heap_leaves_the_disk() {
        world.close();
        world = DiskWorld.open(directory, ByteSize.ofKiB(64), ByteSize.ofMiB(4), ByteSize.ofKiB(4));

        IntStream.range(0, 400).forEach(number -> world.put("/" + number, content(number, 5_000)));

        assertThat(world.files()).isEqualTo(world.named());
        assertThat(world.files().size()).isBetween(1, 64 * 1_024 / 400);
    }

    @Test
    void what_is_asked_for_often_stays_when_others_pass() {
        for (var time = 0; time < 20; time++) {
            world.put("/often", content(0, LARGE));
            world.body("/often").close();
        }

        IntStream.range(0, 100).forEach(number -> {
            world.put("/" + number, content(number, LARGE));
            if (world.match("/often") instanceof CacheMatch.Hit hit) {
                hit.response().body().close();
            }
        });

        assertThat(read("/often")).isEqualTo(content(0, LARGE).whole());
    }

    @Test
    void who_has_begun_to_read_reads_to_the_end_when_the_response_goes() {
        world.put("/a", content(1, LARGE));
        var whole = world.body("/a");
        var part = ((CacheMatch.Partial) world.cache().match(DiskWorld.range("/a", "bytes=100000-250000"))).response();

        world.cache().delete(DiskWorld.get("/a"));

        assertThat(world.files()).isEmpty();
        assertThat(GeneratedContent.read(whole)).isEqualTo(content(1, LARGE).whole());
        assertThat(GeneratedContent.read(part.body()))
                .isEqualTo(content(1, LARGE).whole().slice(100_000, 250_001));
    }

    @Test
    void a_file_that_is_gone_or_is_another_is_a_miss_and_no_failure() throws IOException {
        world.put("/gone", content(1, LARGE));
        Files.delete(world.file());
        assertThat(world.match("/gone")).isEqualTo(MISS);
        assertThat(world.named()).isEmpty();

        world.put("/short", content(1, LARGE));
        Files.write(world.file(), new byte[LARGE - 1]);
        assertThat(world.match("/short")).isEqualTo(MISS);
        assertThat(world.files()).isEmpty();

        world.put("/changed", content(1, LARGE));
        change(world.file(), 10);
        assertThat(world.match("/changed")).isEqualTo(MISS);
        assertThat(world.files()).isEmpty();

        world.put("/changed", content(2, LARGE));
        assertThat(read("/changed")).isEqualTo(content(2, LARGE).whole());
    }

    @Test
    void where_the_callers_own_is_unreadable_that_of_everybody_is_given() throws IOException {
        world.put("/a", "max-age=60", content(2, LARGE));
        var own = world.file();
        world.put(BEN, "/a", "public, max-age=60", content(1, LARGE));
        Files.delete(own);

        assertThat(read("/a")).isEqualTo(content(1, LARGE).whole());
    }

    @Test
    void a_file_that_was_changed_further_on_breaks_off_and_is_a_miss_from_then_on() throws IOException {
        world.put("/a", content(1, LARGE));
        change(world.file(), 200_000);

        var body = world.body("/a");

        assertThatThrownBy(() -> GeneratedContent.read(body)).isInstanceOf(StorageFailure.Unavailable.class);
        assertThat(world.match("/a")).isEqualTo(MISS);
        assertThat(world.files()).isEmpty();
    }

    @Test
    void a_full_disk_refuses_large_bodies_and_gives_out_what_it_has() {
        world.put("/before", content(1, LARGE));
        world.put("/kept", content(2, LARGE));
        world.disk().room(100_000);
        var refused = content(3, LARGE);

        assertThat(world.put("/before", refused)).isEqualTo(new CachePut.NotStorable(CachePut.Reason.NO_ROOM));
        assertThat(world.put("/new", content(4, LARGE))).isEqualTo(new CachePut.NotStorable(CachePut.Reason.NO_ROOM));
        assertThat(world.put("/small", content(5, 1_000))).isEqualTo(new CachePut.Stored(1_000));

        assertThat(refused.closed()).isTrue();
        assertThat(world.files()).hasSize(2).isEqualTo(world.named());
        assertThat(read("/before")).isEqualTo(content(1, LARGE).whole());
        assertThat(read("/kept")).isEqualTo(content(2, LARGE).whole());
        assertThat(world.match("/new")).isEqualTo(MISS);

        world.disk().room(Long.MAX_VALUE);
        assertThat(world.put("/new", content(4, LARGE))).isEqualTo(new CachePut.Stored(LARGE));
        assertThat(read("/new")).isEqualTo(content(4, LARGE).whole());
    }

    @Test
    void a_directory_that_was_removed_refuses_large_bodies_and_is_a_miss() throws IOException {
        world.put("/a", content(1, LARGE));
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);

        assertThat(world.match("/a")).isEqualTo(MISS);
        assertThat(world.put("/a", content(1, LARGE))).isEqualTo(new CachePut.NotStorable(CachePut.Reason.NO_ROOM));
        assertThat(world.put("/a", content(1, 100))).isEqualTo(new CachePut.Stored(100));

        Files.createDirectory(directory);
    }

    @Test
    void one_who_is_interrupted_leaves_no_file_and_takes_none_away() {
        world.put("/a", content(1, LARGE));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> world.put("/b", content(2, LARGE))).isInstanceOf(StorageFailure.Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> world.match("/a")).isInstanceOf(StorageFailure.Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(world.files()).hasSize(1).isEqualTo(world.named());
        assertThat(read("/a")).isEqualTo(content(1, LARGE).whole());
    }

    private Bytes read(String path) {
        return GeneratedContent.read(world.body(path));
    }

    /** Bytes of what is being written. */
    private long partial() {
        return world.files().stream()
                .filter(name -> name.endsWith(".part"))
                .mapToLong(name -> directory.resolve(name).toFile().length())
                .sum();
    }

    private static void change(Path file, int at) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            channel.write(one, at);
        }
    }

    private static GeneratedContent content(int seed, long size) {
        return GeneratedContent.of(seed, size);
    }
}
