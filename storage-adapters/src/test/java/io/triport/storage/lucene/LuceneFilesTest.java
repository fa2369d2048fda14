package io.triport.storage.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Match;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorFilter;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorLimits;
import io.triport.domain.vector.VectorMetadata;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorValues;
import io.triport.testkit.AtOnce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the files of indexes bear. */
final class LuceneFilesTest {
    private static final float TINY = 100_000 * Float.MIN_VALUE;
    private static final IndexName NAME = new IndexName("films");

    /** Graphs in all segments, which are asked as soon as there are a few vectors. */
    private static final LuceneMeans.Search GRAPHS = new LuceneMeans.Search(50, 0);

    private final LuceneFixture fixture = new LuceneFixture(GRAPHS);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_byte_that_was_altered_is_told_or_without_effect() {
        var index = make(2, Metric.EUCLIDEAN);
        var all = numbered(40);
        index.insert(all);
        index.indexMetadata(MetadataField.of("x", MetadataField.Type.NUMBER));
        index.upsert(all.subList(0, 20));
        index.delete(Set.of(all.getLast().id()));
        var left = all.subList(0, 39);
        fixture.shut();
        var random = new Random(3);
        var told = 0;

        for (var file : files(folder())) {
            var before = read(file);
            for (var at : random.ints(40, 0, Math.max(1, before.length)).toArray()) {
                if (before.length > 0) {
                    var altered = before.clone();
                    altered[at] ^= (byte) (1 + random.nextInt(255));
                    told += reading(file, altered, left);
                    write(file, before);
                }
            }
        }

        assertThat(told).isPositive();
        fixture.reopen(VectorLimits.USUAL);
        assertThat(ids(left)).hasSize(39);
        assertThat(opened().get(Set.copyOf(ids(left)))).containsExactlyInAnyOrderElementsOf(left);
    }

    @Test
    void an_altered_value_is_told_and_an_index_without_its_files_is_damaged() {
        make(2, Metric.EUCLIDEAN).insert(List.of(Vector.of("a", 1.25f, 2.5f)));
        fixture.shut();
        var file = files(folder()).stream()
                .filter(path -> at(read(path), 1.25f) >= 0)
                .findFirst()
                .orElseThrow();
        var altered = read(file);
        altered[at(altered, 1.25f) + 1] ^= 1;
        write(file, altered);

        fixture.reopen(VectorLimits.USUAL);
        assertCorrupt(() -> opened().get(Set.of(VectorId.of("a"))));
        assertCorrupt(() -> opened().nearest(VectorQuery.near(VectorValues.of(1, 1), 1)));

        fixture.shut();
        files(folder()).forEach(LuceneFilesTest::delete);
        fixture.reopen(VectorLimits.USUAL);
        assertCorrupt(() -> opened().describe());
        assertCorrupt(() -> opened().insert(List.of(Vector.of("a", 1, 2))));
    }

    @Test
    void changes_of_a_group_see_each_other_and_are_kept_by_one_commit() throws IOException {
        var index = new Index(new IndexId("0".repeat(32)), NAME, new IndexShape(1, Metric.EUCLIDEAN), Instant.EPOCH);
        var folder = fixture.directory().resolve("group");
        var means = fixture.means(new VectorLimits(2, 1));
        LuceneFiles.make(index, folder, means);

        try (var files = LuceneFiles.open(index, folder, means)) {
            var before = generation(folder);
            var done = files.change(List.of(
                    new LuceneChange.Insert(List.of(Vector.of("a", 1))),
                    new LuceneChange.Insert(List.of(Vector.of("a", 2), Vector.of("b", 2))),
                    new LuceneChange.Upsert(List.of(Vector.of("c", 3))),
                    new LuceneChange.Delete(Set.of(VectorId.of("a"), VectorId.of("c"))),
                    new LuceneChange.Insert(List.of(Vector.of("a", 4)))));

            assertThat(done)
                    .extracting(one -> one instanceof LuceneFiles.Done.Kept(var kept)
                            ? kept.id().number() + " " + kept.changed()
                            : "refused")
                    .containsExactly("1 1", "2 1", "refused", "3 1", "4 1");
            assertThat(generation(folder)).isEqualTo(before + 1);
            assertThat(files.<List<Vector>>read((searcher, state) ->
                            new LuceneRead(searcher).find(Set.of(VectorId.of("a"), VectorId.of("b")))))
                    .containsExactly(Vector.of("a", 4), Vector.of("b", 2));
        }
    }

    @Test
    void what_is_written_and_not_committed_is_gone_when_a_group_fails() throws IOException {
        var index = new Index(new IndexId("0".repeat(32)), NAME, new IndexShape(1, Metric.EUCLIDEAN), Instant.EPOCH);
        var folder = fixture.directory().resolve("group");
        var means = fixture.means(VectorLimits.USUAL);
        LuceneFiles.make(index, folder, means);
        // A directory in the place of the file that the commit after the next one is prepared in: the disk does not
        // take it.
        var inTheWay = folder.resolve("pending_segments_" + (generation(folder) + 2));
        try (var files = LuceneFiles.open(index, folder, means)) {
            files.change(List.of(new LuceneChange.Insert(List.of(Vector.of("a", 1)))));
            Files.createDirectory(inTheWay);

            assertThatThrownBy(() -> files.change(List.of(new LuceneChange.Insert(List.of(Vector.of("b", 2))))))
                    .isInstanceOf(IOException.class);
        }
        Files.deleteIfExists(inTheWay);

        try (var files = LuceneFiles.open(index, folder, means)) {
            assertThat(files.<List<VectorId>>read((searcher, state) -> new LuceneRead(searcher).after(Bytes.EMPTY, 10)))
                    .containsExactly(VectorId.of("a"));
        }
    }

    @Test
    void many_writers_at_once_are_all_kept() {
        var index = make(1, Metric.EUCLIDEAN);

        AtOnce.run(200, number -> () -> index.upsert(List.of(Vector.of("" + number, number))));

        assertThat(index.describe().vectors()).isEqualTo(200);
        assertThat(index.describe().processedUpToMutation().number()).isEqualTo(200);
    }

    @Test
    void what_is_refused_does_not_take_its_neighbours_along() {
        make(1, Metric.EUCLIDEAN);
        fixture.reopen(new VectorLimits(100, 1));
        var index = opened();

        var codes = AtOnce.run(150, number -> () -> {
            try {
                index.insert(List.of(Vector.of("" + number, number)));
                return "stored";
            } catch (StorageFailure e) {
                return e.code().name();
            }
        });

        assertThat(codes.stream().filter("stored"::equals)).hasSize(100);
        assertThat(codes.stream().filter(FailureCode.TOO_LARGE.name()::equals)).hasSize(50);
        assertThat(index.describe().vectors()).isEqualTo(100);
    }

    @Test
    void no_more_indexes_are_open_than_may_be_and_all_can_be_used() {
        fixture.reopen(new VectorLimits(1_000, 2));
        var names = IntStream.range(0, 6)
                .mapToObj(number -> new IndexName("i" + number))
                .toList();
        names.forEach(name -> fixture.indexes().catalogue().create(name, new IndexShape(1, Metric.EUCLIDEAN)));

        AtOnce.run(
                24,
                number -> () -> fixture.indexes()
                        .open(names.get(number % names.size()))
                        .orElseThrow()
                        .insert(List.of(Vector.of("" + number, number))));

        for (var name : names) {
            assertThat(fixture.indexes().open(name).orElseThrow().describe().vectors())
                    .isEqualTo(4);
        }
        assertThat(names.stream().filter(name -> locked(name))).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_directory_is_that_of_one_process() {
        assertThatThrownBy(() -> fixture.open(VectorLimits.USUAL))
                .isInstanceOfSatisfying(
                        StorageFailure.Unavailable.class,
                        e -> assertThat(e.getMessage()).contains("another process"));
    }

    @Test
    void folders_of_no_index_go_away_at_the_start() throws IOException {
        make(1, Metric.EUCLIDEAN).insert(List.of(Vector.of("a", 1)));
        var left = Files.createDirectory(fixture.directory().resolve("f".repeat(32)));
        Files.writeString(left.resolve("segments_1"), "half");

        fixture.reopen(VectorLimits.USUAL);

        assertThat(left).doesNotExist();
        assertThat(opened().describe().vectors()).isEqualTo(1);
    }

    @Test
    void a_dropped_index_leaves_nothing_and_is_unknown_to_who_has_it() {
        var index = make(1, Metric.EUCLIDEAN);
        index.insert(List.of(Vector.of("a", 1)));
        var folder = folder();

        fixture.indexes().catalogue().drop(index.describe().index().id());

        assertThat(folder).doesNotExist();
        assertThatThrownBy(() -> index.insert(List.of(Vector.of("a", 1))))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThatThrownBy(index::describe).isInstanceOf(StorageFailure.Rejected.class);
        assertThat(folder).doesNotExist();
    }

    @Test
    void values_that_lucene_cannot_reckon_with_are_found_among_many_others() {
        for (var metric : Metric.values()) {
            var index = make(new IndexName(metric.text()), 4, metric);
            var random = new Random(5);
            var all = new ArrayList<Vector>();
            for (var number = 0; number < 600; number++) {
                all.add(Vector.of(
                        "" + number,
                        (float) random.nextGaussian(),
                        (float) random.nextGaussian(),
                        (float) random.nextGaussian(),
                        (float) random.nextGaussian()));
            }
            all.add(Vector.of("huge", 3e38f, -3e38f, 1, 3e38f));
            all.add(Vector.of("huger", 3e38f, 3e38f, 3e38f, -3e38f));
            all.add(Vector.of("tiny", TINY, -1_000 * Float.MIN_VALUE, 7 * Float.MIN_VALUE, 0));
            index.insert(all);

            for (var target : List.of(
                    VectorValues.of(1, -1, 0, 1), VectorValues.of(3e38f, -1, 2, 0), VectorValues.of(TINY, 0, 0, 0))) {
                var found = index.nearest(VectorQuery.near(target, 100));
                assertThat(found)
                        .extracting(match -> match.vector().id())
                        .containsExactlyElementsOf(all.stream()
                                .map(vector -> new Match(
                                        metric.score(target, vector.values().toArray()), vector))
                                .sorted(Match.order(metric))
                                .limit(100)
                                .map(match -> match.vector().id())
                                .toList());
            }
            assertThat(index.get(Set.of(VectorId.of("huge")))).containsExactly(all.get(600));
        }
    }

    @Test
    void where_graphs_are_asked_a_filter_still_gives_as_many_as_there_are() {
        var index = make(2, Metric.COSINE);
        index.indexMetadata(MetadataField.of("x", MetadataField.Type.NUMBER));
        var all = new ArrayList<Vector>();
        for (var number = 0; number < 900; number++) {
            all.add(Vector.of("" + number, (float) Math.cos(number / 300.0), (float) Math.sin(number / 300.0))
                    .with(new VectorMetadata("{\"x\":" + number + "}")));
        }
        index.insert(all);
        var query = VectorQuery.near(VectorValues.of(1, 0), 100);

        for (var above : List.of(100, 500, 740, 795, 830)) {
            var filter = VectorFilter.parse("{\"x\":{\"$gte\":" + above + "}}");

            assertThat(index.nearest(query.where(filter)))
                    .extracting(match -> match.vector().id().text())
                    .containsExactlyElementsOf(IntStream.range(above, Math.min(900, above + 100))
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    /** @return 1 where somebody is told */
    private int reading(Path file, byte[] altered, List<Vector> left) {
        write(file, altered);
        fixture.open();
        try {
            var index = opened();
            assertThat(index.get(Set.copyOf(ids(left)))).containsExactlyInAnyOrderElementsOf(left);
            assertThat(index.nearest(VectorQuery.near(VectorValues.of(0, 0), 39)))
                    .extracting(match -> match.vector().id())
                    .containsExactlyInAnyOrderElementsOf(ids(left));
            return 0;
        } catch (StorageFailure e) {
            assertThat(e.code()).isEqualTo(FailureCode.CORRUPT);
            return 1;
        } finally {
            fixture.shut();
        }
    }

    private VectorIndex make(int dimensions, Metric metric) {
        return make(NAME, dimensions, metric);
    }

    private VectorIndex make(IndexName name, int dimensions, Metric metric) {
        fixture.indexes().catalogue().create(name, new IndexShape(dimensions, metric));
        return fixture.indexes().open(name).orElseThrow();
    }

    private VectorIndex opened() {
        return fixture.indexes().open(NAME).orElseThrow();
    }

    private Path folder() {
        try (var folders = Files.list(fixture.directory())) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean locked(IndexName name) {
        var index = fixture.indexes().catalogue().find(name).orElseThrow();
        return fixture.indexes().opened(index.id());
    }

    /** Of the last commit. */
    private static long generation(Path folder) {
        return files(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith("segments_"))
                .mapToLong(name -> Long.parseLong(name.substring("segments_".length()), Character.MAX_RADIX))
                .max()
                .orElseThrow();
    }

    private static List<Vector> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        Vector.of("" + number, number, -number).with(new VectorMetadata("{\"x\":" + number + "}")))
                .toList();
    }

    private static List<VectorId> ids(List<Vector> vectors) {
        return vectors.stream().map(Vector::id).toList();
    }

    private static int at(byte[] bytes, float value) {
        var bits = Integer.reverseBytes(Float.floatToIntBits(value));
        for (var at = 0; at + 4 <= bytes.length; at++) {
            var here = (bytes[at] & 0xFF) << 24
                    | (bytes[at + 1] & 0xFF) << 16
                    | (bytes[at + 2] & 0xFF) << 8
                    | bytes[at + 3] & 0xFF;
            if (here == bits) {
                return at;
            }
        }
        return -1;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertCorrupt(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CORRUPT));
    }
}
