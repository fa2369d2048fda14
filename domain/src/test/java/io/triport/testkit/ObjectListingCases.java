package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In which order and in which pages keys are listed, also while others write. */
abstract class ObjectListingCases extends ObjectConditionCases {
    @Test
    @Tag("OBJ-07")
    void keys_are_listed_in_the_order_of_their_bytes() {
        var inOrder = List.of("A", "a", "a\u0000", "a/b", "aa", "b", "\u00E9", "\uFFEE", "\uD83D\uDE00");

        inOrder.reversed().forEach(name -> put(ObjectKey.of(name), name));

        assertThat(keys(walk(ObjectQuery.all()))).isEqualTo(inOrder);
        assertThat(keys(walk(ObjectQuery.all().limitedTo(1)))).isEqualTo(inOrder);
        assertThat(keys(walk(ObjectQuery.of("a").limitedTo(2)))).containsExactly("a", "a\u0000", "a/b", "aa");
        assertThat(walk(ObjectQuery.of("nothing"))).isEmpty();
    }

    @Test
    @Tag("OBJ-07")
    void keys_with_a_delimiter_are_rolled_up() {
        Stream.of("a", "a/", "a/1", "a/2", "b/1/x", "b/1/y", "b/2", "c", "d//", "d//1")
                .forEach(this::put);

        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/")))).containsExactly("a", "a/ *", "b/ *", "c", "d/ *");
        assertThat(keys(walk(ObjectQuery.of("a/").rolledUpAt("/")))).containsExactly("a/", "a/1", "a/2");
        assertThat(keys(walk(ObjectQuery.of("b/").rolledUpAt("/")))).containsExactly("b/1/ *", "b/2");
        assertThat(keys(walk(ObjectQuery.of("d/").rolledUpAt("/")))).containsExactly("d// *");
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/1"))))
                .containsExactly("a", "a/", "a/1 *", "a/2", "b/1 *", "b/2", "c", "d//", "d//1 *");
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/").limitedTo(1))))
                .containsExactly("a", "a/ *", "b/ *", "c", "d/ *");
    }

    @Test
    @Tag("OBJ-07")
    void a_listing_may_begin_behind_any_key() {
        Stream.of("a", "b", "c", "p/a", "p/b", "q/a").forEach(this::put);

        assertThat(keys(walk(ObjectQuery.all().from(after("b"))))).containsExactly("c", "p/a", "p/b", "q/a");
        assertThat(keys(walk(ObjectQuery.all().from(after("bb"))))).containsExactly("c", "p/a", "p/b", "q/a");
        assertThat(keys(walk(ObjectQuery.of("p/").from(after("a"))))).containsExactly("p/a", "p/b");
        assertThat(keys(walk(ObjectQuery.of("p/").from(after("p/a"))))).containsExactly("p/b");
        assertThat(keys(walk(ObjectQuery.of("p/").from(after("q"))))).isEmpty();
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/").from(after("p/a")))))
                .containsExactly("q/ *");
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/").from(after("p/")))))
                .containsExactly("q/ *");
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/").from(after("p")))))
                .containsExactly("p/ *", "q/ *");
    }

    @Test
    @Tag("OBJ-07")
    void the_last_page_is_known_to_be_it() {
        IntStream.range(0, 4).forEach(number -> put("k" + number));

        assertThat(store().list(ObjectQuery.all().limitedTo(4))).isInstanceOf(ObjectPage.Last.class);
        assertThat(store().list(ObjectQuery.all().limitedTo(3))).isInstanceOf(ObjectPage.More.class);
    }

    @Test
    @Tag("OBJ-07")
    void a_position_is_of_its_listing_only() {
        Stream.of("a/1", "a/2", "a/3").forEach(this::put);
        var query = ObjectQuery.of("a/").limitedTo(1);
        var position = next(store().list(query));

        assertThat(position.length()).isLessThanOrEqualTo(2_048);
        Stream.of(
                        ObjectQuery.of("a").from(new ListStart.Resumed(position)),
                        query.rolledUpAt("/").from(new ListStart.Resumed(position)),
                        query.from(new ListStart.Resumed(position + "x")),
                        query.from(new ListStart.Resumed("")),
                        query.from(new ListStart.Resumed("x".repeat(3_000))))
                .forEach(wrong -> assertFailure(FailureCode.BAD_CURSOR, () -> store().list(wrong)));
        assertThat(keys(store().list(query.from(new ListStart.Resumed(position)))
                        .entries()))
                .containsExactly("a/2");
    }

    @Test
    @Tag("OBJ-07")
    void a_position_is_good_for_24_hours() {
        requires(ObjectAbility.CLOCK);
        Stream.of("a/1", "a/2").forEach(this::put);
        var query = ObjectQuery.of("a/").limitedTo(1);
        var resumed = query.from(new ListStart.Resumed(next(store().list(query))));

        fixture.clock().advance(Duration.ofHours(24));
        assertThat(keys(store().list(resumed).entries())).containsExactly("a/2");
        fixture.clock().advance(Duration.ofSeconds(1));

        assertFailure(FailureCode.BAD_CURSOR, () -> store().list(resumed));
    }

    @Test
    @Tag("OBJ-07")
    void a_position_among_objects_is_none_among_versions() {
        requires(ObjectAbility.VERSIONS);
        Stream.of("a/1", "a/2").forEach(this::put);
        var objects = ObjectQuery.of("a/").limitedTo(1);
        var versions = objects.withVersions();
        var ofObjects = new ListStart.Resumed(next(store().list(objects)));
        var ofVersions = new ListStart.Resumed(next(store().list(versions)));

        assertFailure(FailureCode.BAD_CURSOR, () -> store().list(versions.from(ofObjects)));
        assertFailure(FailureCode.BAD_CURSOR, () -> store().list(objects.from(ofVersions)));
        assertThat(keys(store().list(versions.from(ofVersions)).entries())).containsExactly("a/2");
    }

    @Test
    @Tag("OBJ-07")
    void a_walk_under_writes_finds_what_stays_once_and_nothing_twice() {
        var staying = IntStream.range(0, 60)
                .mapToObj(number -> "k/%03d/stays".formatted(number))
                .toList();
        staying.forEach(this::put);
        var walking = new AtomicBoolean(true);

        var answers = AtOnce.run(5, caller -> () -> caller == 0 ? walkThenStop(walking) : churn(caller, walking));

        var walked = answers.getFirst();
        assertThat(walked).doesNotHaveDuplicates().containsAll(staying);
        assertThat(walked).isSorted();
    }

    private List<String> walkThenStop(AtomicBoolean walking) {
        try {
            return keys(walk(ObjectQuery.of("k/").limitedTo(7)));
        } finally {
            walking.set(false);
        }
    }

    private List<String> churn(int writer, AtomicBoolean walking) {
        var random = new Random(writer);
        while (walking.get()) {
            var name = "k/%03d/%d".formatted(random.nextInt(60), writer);
            put(name);
            delete(Conditions.NONE, ref(ObjectKey.of(name)));
        }
        return List.of();
    }

    @Test
    @Tag("OBJ-07")
    void a_list_after_a_write_sees_it() {
        put(KEY, "v");
        assertThat(keys(walk(ObjectQuery.all()))).containsExactly(KEY.text());

        delete(Conditions.NONE, ref(KEY));
        assertThat(walk(ObjectQuery.all())).isEmpty();
    }

    @Test
    @Tag("OBJ-07")
    void any_listing_is_as_a_sorted_model_says() {
        var random = new Random(7);
        var names = new TreeSet<ObjectKey>();
        while (names.size() < 150) {
            names.add(ObjectKey.of(randomText(random)));
        }
        names.forEach(name -> put(name, "v"));

        for (var round = 0; round < 60; round++) {
            var prefix = List.of("", "", "a", "/", "\u20AC", "\uD83D\uDE00").get(random.nextInt(6));
            var delimiter = List.of("", "/", "a", "//", "\u20AC").get(random.nextInt(5));
            var query = ObjectQuery.of(prefix)
                    .rolledUpAt(delimiter)
                    .limitedTo(1 + random.nextInt(20))
                    .from(random.nextBoolean() ? new ListStart.Beginning() : after(randomText(random)));

            assertThat(keys(walk(query))).as("%s", query).isEqualTo(model(names, query));
        }
    }

    /** What a listing gives, made of the sorted keys in the plainest way. */
    private static List<String> model(Set<ObjectKey> names, ObjectQuery query) {
        var after = query.start() instanceof ListStart.After start ? start.key() : null;
        var prefix = query.prefix().toUtf8();
        var delimiter = query.delimiter().toUtf8();
        return names.stream()
                .filter(name -> after == null || name.bytes().compareTo(after) > 0)
                .map(ObjectKey::text)
                .filter(name -> name.startsWith(prefix))
                .map(name -> rolledUp(name, prefix, delimiter))
                .filter(name -> after == null
                        || !name.endsWith(" *")
                        || !after.startsWith(Bytes.utf8(name.substring(0, name.length() - 2))))
                .distinct()
                .toList();
    }

    private static String rolledUp(String name, String prefix, String delimiter) {
        var at = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
        return at < 0 ? name : name.substring(0, at + delimiter.length()) + " *";
    }

    @Test
    @Tag("OBJ-08")
    void a_listing_tells_all_about_its_objects() {
        var options = new WriteOptions(
                new HttpMetadata(Map.of(HttpMetadata.Field.CONTENT_TYPE, "text/plain")),
                new UserMetadata(Map.of("a", "1")),
                new Tags(Map.of("t", "1")),
                new StorageClass("GLACIER"),
                Conditions.NONE,
                List.of(ChecksumClaim.made(ChecksumAlgorithm.SHA256)));
        var stored = stored(store().put(KEY, content("v"), options));

        requireAllTold(store().list(ObjectQuery.all()).entries(), List.of(new Listed.Item(stored, true)));
    }

    private static String randomText(Random random) {
        var text = new StringBuilder();
        for (var length = 1 + random.nextInt(6); length > 0; length--) {
            text.append(List.of("a", "b", "/", "//", "\u20AC", "\uD83D\uDE00", "\u0000")
                    .get(random.nextInt(7)));
        }
        return text.toString();
    }
}
