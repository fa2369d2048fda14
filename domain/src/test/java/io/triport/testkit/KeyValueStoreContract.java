package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvStart;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.keyvalue.Room;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every key-value store promises. The tag of a test names the case of the contract that it belongs to. */
public abstract class KeyValueStoreContract {
    @RegisterExtension
    static final CaseMatrix MATRIX =
            new CaseMatrix("kv-matrix", "KV-", test -> ((KeyValueStoreContract) test).adapter());

    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final KvKey KEY = KvKey.of("app1:a");
    private static final int MIB = 1024 * 1024;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration INSTANT = Duration.ofMillis(1);

    private StorageFixture fixture;

    /** The name of the adapter's row in the matrix. */
    protected abstract String adapter();

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
        fixture.engine().resources().create(CACHE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag("KV-01")
    void a_key_has_1_to_512_bytes() {
        var longest = KvKey.of("k".repeat(512));
        var longestInEuros = KvKey.of("\u20AC".repeat(170) + "ab");

        put(longest, "one");
        put(longestInEuros, "two");
        put(KvKey.of("k"), "three");

        assertThat(text(longest)).isEqualTo("one");
        assertThat(text(longestInEuros)).isEqualTo("two");
        assertThat(text(KvKey.of("k"))).isEqualTo("three");
        assertFailure(FailureCode.KEY_TOO_LONG, () -> KvKey.of("k".repeat(513)));
        assertFailure(FailureCode.KEY_TOO_LONG, () -> KvKey.of("\u20AC".repeat(171)));
        assertFailure(FailureCode.BAD_REQUEST, () -> KvKey.of(""));
    }

    @Test
    @Tag("KV-01")
    void a_key_is_neither_dot_nor_dot_dot_nor_a_lone_surrogate() {
        put(KvKey.of("..."), "three dots are a key");

        assertThat(text(KvKey.of("..."))).isEqualTo("three dots are a key");
        assertFailure(FailureCode.BAD_REQUEST, () -> KvKey.of("."));
        assertFailure(FailureCode.BAD_REQUEST, () -> KvKey.of(".."));
        assertFailure(FailureCode.BAD_REQUEST, () -> KvKey.of("\uD83D"));
    }

    @Test
    @Tag("KV-01")
    void a_value_has_at_most_25_mib() {
        var largest = randomBytes(1, KvLimits.VALUE_BYTES);

        store().put(KEY, KvEntry.of(largest), KvCondition.ANY);

        assertThat(store().get(KEY).orElseThrow().value()).isEqualTo(largest);
        assertFailure(FailureCode.TOO_LARGE, () -> KvEntry.of(Bytes.copyOf(new byte[KvLimits.VALUE_BYTES + 1])));
    }

    @Test
    @Tag("KV-01")
    void a_large_value_is_read_only_where_there_is_room_for_it() {
        var large = randomBytes(21, Room.ASKED_ABOVE + 1);
        var small = KvKey.of("small");
        store().put(KEY, KvEntry.of(large), KvCondition.ANY);
        store().put(small, KvEntry.of(randomBytes(22, Room.ASKED_ABOVE)), KvCondition.ANY);
        var none = KvRead.FRESH.into(bytes -> {
            throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "no room");
        });
        var asked = new ArrayList<Long>();

        assertThat(store().get(small, none)).isPresent();
        assertThat(store().getMany(List.of(small), none)).hasSize(1);
        assertFailure(FailureCode.OVERLOADED, () -> store().get(KEY, none));
        assertFailure(FailureCode.OVERLOADED, () -> store().getMany(List.of(KEY, small), none));
        assertThat(store().get(KEY, KvRead.FRESH.into(asked::add)).orElseThrow().value())
                .isEqualTo(large);
        assertThat(store().getMany(List.of(KEY, small), KvRead.FRESH.into(asked::add)))
                .hasSize(2);
        assertThat(asked).containsExactly(Room.ASKED_ABOVE + 1L, 2 * Room.ASKED_ABOVE + 1L);
    }

    @Test
    @Tag("KV-01")
    void values_of_every_size_around_a_boundary_come_back_whole() {
        var sizes = List.of(0, 1, 4_095, 4_096, 65_535, 65_536, 65_537, MIB, MIB + 1);

        sizes.forEach(
                size -> store().put(KvKey.of("size/" + size), KvEntry.of(randomBytes(size, size)), KvCondition.ANY));

        assertThat(sizes)
                .allSatisfy(size -> assertThat(store().get(KvKey.of("size/" + size))
                                .orElseThrow()
                                .value())
                        .isEqualTo(randomBytes(size, size)));
    }

    @Test
    @Tag("KV-01")
    void metadata_has_at_most_1024_bytes() {
        var largest = KvMetadata.of("\"" + "\u20AC".repeat(340) + "ab" + "\"");

        store().put(KEY, KvEntry.of("v").with(largest), KvCondition.ANY);

        assertThat(store().get(KEY).orElseThrow().metadata()).isEqualTo(largest);
        assertThat(store().list(KvQuery.all()).keys().getFirst().metadata()).isEqualTo(largest);
        assertFailure(FailureCode.TOO_LARGE, () -> KvMetadata.of("\"" + "m".repeat(1_023) + "\""));
    }

    @Test
    @Tag("KV-01")
    void a_lifetime_is_as_short_as_the_engine_says_and_no_shorter() {
        var shortest = fixture.engine().info().shortestLifetime();

        putLasting(shortest);

        assertThat(text(KEY)).isEqualTo("v");
        assertFailure(FailureCode.TTL_TOO_SHORT, () -> putLasting(shortest.dividedBy(2)));
        assertFailure(FailureCode.TTL_TOO_SHORT, () -> Expiry.after(Duration.ofMillis(999)));
    }

    private KvPut putLasting(Duration lifetime) {
        return store().put(KEY, KvEntry.of("v").expiring(Expiry.after(lifetime)), KvCondition.ANY);
    }

    @Test
    @Tag("KV-01")
    void an_expiry_lies_ahead() {
        put(KEY, "v");

        assertFailure(FailureCode.EXPIRES_IN_PAST, () -> putExpiringAt(KEY, Duration.ZERO));
        assertFailure(FailureCode.EXPIRES_IN_PAST, () -> putExpiringAt(KEY, MINUTE.negated()));
        assertThat(text(KEY)).isEqualTo("v");
    }

    @Test
    @Tag("KV-01")
    void an_expiry_may_lie_beyond_2038() {
        var moment = java.time.Instant.parse("9999-12-31T23:59:59Z");

        store().put(KEY, KvEntry.of("v").expiring(Expiry.at(moment)), KvCondition.ANY);

        assertThat(store().get(KEY).orElseThrow().expiry()).isEqualTo(Expiry.at(moment));
        assertThat(store().list(KvQuery.all()).keys().getFirst().expiry()).isEqualTo(Expiry.at(moment));
    }

    @Test
    @Tag("KV-01")
    void an_expiry_too_far_to_be_a_date_is_never() {
        store().put(KEY, KvEntry.of("v").expiring(Expiry.at(java.time.Instant.MAX)), KvCondition.ANY);
        store().put(
                        KvKey.of("b"),
                        KvEntry.of("v").expiring(Expiry.after(Duration.ofSeconds(Long.MAX_VALUE))),
                        KvCondition.ANY);

        assertThat(store().get(KEY).orElseThrow().expiry()).isEqualTo(Expiry.NEVER);
        assertThat(store().get(KvKey.of("b")).orElseThrow().expiry()).isEqualTo(Expiry.NEVER);
    }

    @Test
    @Tag("KV-01")
    void a_cache_age_is_30_seconds_or_more() {
        put(KEY, "v");

        assertThat(store().get(KEY, new KvRead(Duration.ofSeconds(30), KvVersion.NONE)))
                .isPresent();
        assertFailure(FailureCode.BAD_REQUEST, () -> new KvRead(Duration.ofSeconds(29), KvVersion.NONE));
    }

    @Test
    @Tag("KV-01")
    void a_list_limit_is_1_to_1000() {
        store().putMany(pairs(1_001, "v"));

        assertThat(store().list(KvQuery.all().limitedTo(1)).keys()).hasSize(1);
        assertThat(store().list(KvQuery.all().limitedTo(1_000)).keys()).hasSize(1_000);
        assertFailure(FailureCode.BAD_REQUEST, () -> KvQuery.all().limitedTo(0));
        assertFailure(FailureCode.BAD_REQUEST, () -> KvQuery.all().limitedTo(-1));
        assertFailure(FailureCode.BAD_REQUEST, () -> KvQuery.all().limitedTo(1_001));
    }

    @Test
    @Tag("KV-02")
    void keys_are_listed_in_the_order_of_their_utf8_bytes() {
        var inOrder = List.of("A", "a", "a\u0000", "aa", "b", "\u00E9", "\uFFEE", "\uD83D\uDE00");

        inOrder.reversed().forEach(key -> put(KvKey.of(key), key));

        assertThat(names(store().list(KvQuery.all()).keys())).isEqualTo(inOrder);
    }

    @Test
    @Tag("KV-02")
    void pages_keep_the_order_across_their_seams() {
        var random = new Random(2);
        var inOrder = Stream.generate(() -> KvKey.of(randomText(random, 12)))
                .distinct()
                .limit(200)
                .toList();

        inOrder.forEach(key -> put(key, "v"));

        assertThat(walk(KvQuery.all().limitedTo(7)).stream().map(KvListed::key).toList())
                .isEqualTo(inOrder.stream().sorted().toList());
    }

    @Test
    @Tag("KV-02")
    void a_prefix_lists_the_keys_that_begin_with_its_bytes() {
        Stream.of("a", "app", "app1", "app1:a", "app1:b", "app2", "\u00E9", "e\u0301", "App1:a", "app1:\uFFFF\uFFFF")
                .forEach(key -> put(KvKey.of(key), key));

        assertThat(names(walk(KvQuery.of(KeyPrefix.of("app1:")))))
                .containsExactly("app1:a", "app1:b", "app1:\uFFFF\uFFFF");
        assertThat(names(walk(KvQuery.of(KeyPrefix.of("\u00E9"))))).containsExactly("\u00E9");
        assertThat(names(walk(KvQuery.of(KeyPrefix.of("nothing"))))).isEmpty();
    }

    @Test
    @Tag("KV-02")
    void a_prefix_may_end_in_the_highest_byte() {
        var highest = KeyPrefix.of("\uDBFF\uDFFF");
        put(KvKey.of("\uDBFF\uDFFF"), "1");
        put(KvKey.of("\uDBFF\uDFFF\uDBFF\uDFFF"), "2");
        put(KvKey.of("\uDBFF\uDFFE"), "3");

        assertThat(walk(KvQuery.of(highest))).hasSize(2);
    }

    @Test
    @Tag("KV-02")
    void a_listing_may_start_strictly_after_any_key() {
        Stream.of("a", "b", "c", "p/a", "p/b", "q").forEach(key -> put(KvKey.of(key), key));

        assertThat(names(walk(KvQuery.all().from(after("b"))))).containsExactly("c", "p/a", "p/b", "q");
        assertThat(names(walk(KvQuery.all().from(after("bb"))))).containsExactly("c", "p/a", "p/b", "q");
        assertThat(names(walk(KvQuery.of(KeyPrefix.of("p/")).from(after("a"))))).containsExactly("p/a", "p/b");
        assertThat(names(walk(KvQuery.of(KeyPrefix.of("p/")).from(after("p/a")))))
                .containsExactly("p/b");
        assertThat(names(walk(KvQuery.of(KeyPrefix.of("p/")).from(after("q"))))).isEmpty();
    }

    @Test
    @Tag("KV-03")
    void a_put_replaces_value_metadata_and_expiry_together() {
        var first = KvEntry.of("first").with(KvMetadata.of("{\"a\":1}")).expiring(Expiry.after(MINUTE));
        store().put(KEY, first, KvCondition.ANY);

        put(KEY, "second");
        fixture.clock().advance(MINUTE);

        var entry = store().get(KEY).orElseThrow();
        assertThat(entry.value()).isEqualTo(Bytes.utf8("second"));
        assertThat(entry.metadata()).isEqualTo(KvMetadata.NONE);
        assertThat(entry.expiry()).isEqualTo(Expiry.NEVER);
    }

    @Test
    @Tag("KV-03")
    void a_put_gives_an_expiry_and_metadata_to_an_entry_without() {
        put(KEY, "first");

        store().put(KEY, KvEntry.of("second").with(KvMetadata.of("2")).expiring(Expiry.after(MINUTE)), KvCondition.ANY);

        var listed = store().list(KvQuery.all()).keys().getFirst();
        assertThat(listed.metadata()).isEqualTo(KvMetadata.of("2"));
        assertThat(listed.expiry()).isEqualTo(Expiry.at(fixture.clock().in(MINUTE)));
        assertThat(store().get(KEY).orElseThrow().expiry()).isEqualTo(listed.expiry());
    }

    @Test
    @Tag("KV-04")
    void of_a_moment_and_a_lifetime_the_one_given_last_decides() {
        var far = Expiry.at(fixture.clock().in(Duration.ofDays(1)));
        var entry = KvEntry.of("v").expiring(far).expiring(Expiry.after(MINUTE));

        store().put(KEY, entry, KvCondition.ANY);

        assertThat(store().get(KEY).orElseThrow().expiry())
                .isEqualTo(Expiry.at(fixture.clock().in(MINUTE)));
        fixture.clock().advance(MINUTE);
        assertThat(store().get(KEY)).isEmpty();
    }

    @Test
    @Tag("KV-05")
    void an_expired_entry_is_nowhere_to_be_seen_from_its_second_on() {
        putExpiringAt(KEY, MINUTE);
        put(KvKey.of("app1:b"), "stays");

        fixture.clock().advance(MINUTE.minus(INSTANT));
        assertThat(store().get(KEY)).isPresent();
        assertThat(store().list(KvQuery.all()).keys()).hasSize(2);
        fixture.clock().advance(INSTANT);

        assertThat(store().get(KEY)).isEmpty();
        assertThat(store().getMany(List.of(KEY, KvKey.of("app1:b")), KvRead.FRESH))
                .containsOnlyKeys(KvKey.of("app1:b"));
        assertThat(names(store().list(KvQuery.all()).keys())).containsExactly("app1:b");
        assertThat(store().delete(KEY)).isFalse();
    }

    @Test
    @Tag("KV-05")
    void an_expired_entry_counts_as_absent_for_conditions() {
        var version = putExpiringAt(KEY, MINUTE);
        fixture.clock().advance(MINUTE);

        var late = store().put(KEY, KvEntry.of("late"), KvCondition.ifVersion(version));
        var anew = store().put(KEY, KvEntry.of("anew"), KvCondition.IF_ABSENT);

        assertThat(late).isEqualTo(new KvPut.Refused(KvVersion.NONE));
        assertThat(anew).isInstanceOf(KvPut.Stored.class);
        assertThat(text(KEY)).isEqualTo("anew");
    }

    @Test
    @Tag("KV-05")
    void space_of_expired_entries_is_given_back_and_nothing_else() {
        IntStream.range(0, 30).forEach(i -> putExpiringAt(KvKey.of("old/" + i), MINUTE));
        putExpiringAt(KvKey.of("later"), MINUTE.multipliedBy(2));
        put(KvKey.of("never"), "v");
        fixture.clock().advance(MINUTE);

        var removed = IntStream.range(0, 4)
                .map(i -> fixture.engine().resources().reclaim(10))
                .boxed()
                .toList();

        assertThat(removed).containsExactly(10, 10, 10, 0);
        assertThat(names(store().list(KvQuery.all()).keys())).containsExactly("later", "never");
    }

    @Test
    @Tag("KV-06")
    void expiry_beats_the_age_that_a_reader_allows() {
        var old = new KvRead(Duration.ofHours(1), KvVersion.NONE);
        putExpiringAt(KEY, MINUTE);
        assertThat(store().get(KEY, old)).isPresent();
        assertThat(store().getMany(List.of(KEY), old)).hasSize(1);

        fixture.clock().advance(MINUTE);

        assertThat(store().get(KEY, old)).isEmpty();
        assertThat(store().getMany(List.of(KEY), old)).isEmpty();
    }

    @Test
    @Tag("KV-06")
    void a_reader_that_allows_age_sees_its_own_writes() {
        var old = new KvRead(Duration.ofHours(1), KvVersion.NONE);
        put(KEY, "first");
        assertThat(store().get(KEY, old)).isPresent();

        put(KEY, "second");
        assertThat(store().get(KEY, old).orElseThrow().value()).isEqualTo(Bytes.utf8("second"));
        store().putMany(List.of(new KvPair(KEY, KvEntry.of("third"))));
        assertThat(one(store().getMany(List.of(KEY), old)).value()).isEqualTo(Bytes.utf8("third"));
        store().delete(KEY);
        assertThat(store().get(KEY, old)).isEmpty();
        put(KEY, "fourth");
        assertThat(store().get(KEY, old)).isPresent();
        store().deleteMany(List.of(KEY));
        assertThat(store().get(KEY, old)).isEmpty();
    }

    @Test
    @Tag("KV-07")
    void an_empty_value_is_a_value_and_not_absence() {
        put(KEY, "");

        assertThat(store().get(KEY).orElseThrow().value()).isEqualTo(Bytes.EMPTY);
        assertThat(store().getMany(List.of(KEY), KvRead.FRESH)).containsOnlyKeys(KEY);
        assertThat(store().put(KEY, KvEntry.of("v"), KvCondition.IF_ABSENT)).isInstanceOf(KvPut.Refused.class);
        assertThat(store().delete(KEY)).isTrue();
        assertThat(store().get(KEY)).isEmpty();
    }

    @Test
    @Tag("KV-08")
    void a_walk_under_100_writers_lists_every_lasting_key_once_and_no_key_twice() {
        var lasting = IntStream.range(0, 120)
                .mapToObj(i -> "k/%03d/lasting".formatted(i))
                .toList();
        store().putMany(lasting.stream()
                .map(key -> new KvPair(KvKey.of(key), KvEntry.of("v")))
                .toList());
        var walking = new AtomicBoolean(true);

        var walked = AtOnce.<List<String>>run(
                        101, number -> number == 0 ? () -> walkThenStop(walking) : () -> churn(number, walking))
                .getFirst();

        assertThat(walked).doesNotHaveDuplicates().isSorted().containsAll(lasting);
    }

    @Test
    @Tag("KV-09")
    void a_cursor_is_refused_when_any_of_its_characters_was_changed() {
        var cursor = firstCursor(KvQuery.all().limitedTo(1));

        for (var i = 0; i < cursor.text().length(); i++) {
            var other = cursor.text().charAt(i) == 'A' ? 'B' : 'A';
            var tampered = new Cursor(
                    cursor.text().substring(0, i) + other + cursor.text().substring(i + 1));
            assertFailure(FailureCode.BAD_CURSOR, () -> store().list(at(KvQuery.all(), tampered)));
        }
        assertFailure(FailureCode.BAD_CURSOR, () -> store().list(at(KvQuery.all(), new Cursor(""))));
        assertFailure(FailureCode.BAD_CURSOR, () -> store().list(at(KvQuery.all(), new Cursor("1".repeat(5_000)))));
    }

    @Test
    @Tag("KV-09")
    void a_cursor_is_refused_for_another_prefix_or_another_namespace() {
        fixture.engine().resources().create(OTHER);
        var cursor = firstCursor(KvQuery.of(KeyPrefix.of("app1:")).limitedTo(1));

        assertFailure(FailureCode.BAD_CURSOR, () -> store().list(at(KvQuery.all(), cursor)));
        assertFailure(FailureCode.BAD_CURSOR, () -> store().list(at(KvQuery.of(KeyPrefix.of("app1")), cursor)));
        assertFailure(FailureCode.BAD_CURSOR, () -> store(OTHER).list(at(KvQuery.of(KeyPrefix.of("app1:")), cursor)));
    }

    @Test
    @Tag("KV-09")
    void a_cursor_is_refused_when_it_is_older_than_24_hours() {
        var query = KvQuery.all().limitedTo(1);
        var cursor = firstCursor(query);

        fixture.clock().advance(Duration.ofHours(24));
        assertThat(store().list(at(query, cursor)).keys()).hasSize(1);
        fixture.clock().advance(Duration.ofSeconds(1));

        assertFailure(FailureCode.BAD_CURSOR, () -> store().list(at(query, cursor)));
    }

    @Test
    @Tag("KV-09")
    void a_cursor_may_be_used_again_and_with_another_limit() {
        var cursor = firstCursor(KvQuery.all().limitedTo(1));

        var once = store().list(at(KvQuery.all().limitedTo(1), cursor)).keys();
        var again = store().list(at(KvQuery.all().limitedTo(10), cursor)).keys();

        assertThat(names(once)).containsExactly("app1:b");
        assertThat(names(again)).containsExactly("app1:b", "app1:c");
    }

    @Test
    @Tag("KV-10")
    void only_the_last_page_ends_a_walk_however_many_keys_expired_in_between() {
        var live = List.of("a", "m", "z");
        live.forEach(key -> put(KvKey.of(key), key));
        store().putMany(IntStream.range(0, 2_500)
                .mapToObj(i -> new KvPair(KvKey.of("e/" + i), KvEntry.of("v").expiring(Expiry.after(MINUTE))))
                .toList());
        fixture.clock().advance(MINUTE);

        assertThat(names(walk(KvQuery.all().limitedTo(1)))).isEqualTo(live);
        assertThat(names(walk(KvQuery.all().limitedTo(2)))).isEqualTo(live);
    }

    @Test
    @Tag("KV-10")
    void a_page_is_empty_when_the_rest_went_away_after_the_cursor() {
        var query = KvQuery.all().limitedTo(1);
        var cursor = firstCursor(query);

        store().deleteMany(List.of(KvKey.of("app1:b"), KvKey.of("app1:c")));
        var page = store().list(at(query, cursor));

        assertThat(page.keys()).isEmpty();
        assertThat(page).isInstanceOf(KvPage.Last.class);
    }

    @Test
    @Tag("KV-10")
    void a_page_as_full_as_its_limit_is_the_last_when_nothing_follows() {
        firstCursor(KvQuery.all().limitedTo(1));

        assertThat(store().list(KvQuery.all().limitedTo(3))).isInstanceOf(KvPage.Last.class);
        assertThat(store().list(KvQuery.all().limitedTo(2))).isInstanceOf(KvPage.More.class);
        assertThat(store().list(KvQuery.of(KeyPrefix.of("none")))).isEqualTo(new KvPage.Last(List.of()));
    }

    @Test
    @Tag("KV-11")
    void puts_of_25_mib_at_once_are_never_mixed() {
        var values = IntStream.range(0, 3)
                .mapToObj(i -> filled((byte) ('a' + i), KvLimits.VALUE_BYTES))
                .toList();
        store().put(KEY, KvEntry.of(values.getFirst()), KvCondition.ANY);

        var seen = AtOnce.<List<Bytes>>run(
                        5,
                        number -> number < values.size()
                                ? () -> putTwice(values.get(number))
                                : () -> List.of(valueOf(KEY), valueOf(KEY)))
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(seen).isSubsetOf(values);
        assertThat(values).contains(valueOf(KEY));
    }

    @Test
    @Tag("KV-12")
    void of_64_puts_if_absent_at_once_one_wins() {
        for (var round = 0; round < 5; round++) {
            var key = KvKey.of("round/" + round);

            var puts = AtOnce.run(
                    64, number -> () -> store().put(key, KvEntry.of("caller " + number), KvCondition.IF_ABSENT));

            var winner = puts.stream().filter(KvPut.Stored.class::isInstance).toList();
            assertThat(winner).hasSize(1);
            var version = ((KvPut.Stored) winner.getFirst()).version();
            assertThat(text(key)).isEqualTo("caller " + puts.indexOf(winner.getFirst()));
            assertThat(puts).filteredOn(KvPut.Refused.class::isInstance).containsOnly(new KvPut.Refused(version));
        }
    }

    @Test
    @Tag("KV-13")
    void no_update_is_lost_under_put_if_version() {
        put(KEY, "0");

        AtOnce.run(8, number -> () -> {
            IntStream.range(0, 10).forEach(i -> incrementOnce(KEY));
            return number;
        });

        assertThat(text(KEY)).isEqualTo("80");
    }

    @Test
    @Tag("KV-13")
    void a_put_of_another_version_changes_nothing_and_tells_the_present_one() {
        var first = put(KEY, "first");
        var second = put(KEY, "second");

        var refused = store().put(KEY, KvEntry.of("late"), KvCondition.ifVersion(first));
        var absent = store().put(KvKey.of("none"), KvEntry.of("late"), KvCondition.ifVersion(first));

        assertThat(refused).isEqualTo(new KvPut.Refused(second));
        assertThat(absent).isEqualTo(new KvPut.Refused(KvVersion.NONE));
        assertThat(text(KEY)).isEqualTo("second");
        assertThat(store().get(KvKey.of("none"))).isEmpty();
    }

    @Test
    @Tag("KV-14")
    void the_version_grows_with_every_write_also_over_delete_and_recreate() {
        var versions = new ArrayList<KvVersion>();
        versions.add(put(KEY, "first"));
        versions.add(put(KEY, "second"));
        store().delete(KEY);
        versions.add(put(KEY, "third"));
        putExpiringAt(KEY, MINUTE);
        versions.add(store().get(KEY).orElseThrow().version());
        fixture.clock().advance(MINUTE);
        fixture.engine().resources().reclaim(10);
        versions.add(put(KEY, "fifth"));
        store().putMany(List.of(new KvPair(KEY, KvEntry.of("sixth"))));
        versions.add(store().get(KEY).orElseThrow().version());

        assertThat(versions).isSorted().doesNotHaveDuplicates().doesNotContain(KvVersion.NONE);
    }

    @Test
    @Tag("KV-14")
    void the_version_of_a_put_is_the_one_that_is_read() {
        var version = put(KEY, "v");

        assertThat(store().get(KEY, new KvRead(Duration.ZERO, version))
                        .orElseThrow()
                        .version())
                .isEqualTo(version);
        assertThat(one(store().getMany(List.of(KEY), KvRead.FRESH)).version()).isEqualTo(version);
    }

    @Test
    @Tag("KV-15")
    void what_was_answered_is_there_after_the_writing_process_was_killed() {
        requires(Ability.KILL);

        var written = fixture.killWhileWriting(CACHE);

        assertThat(written).isNotEmpty();
        assertThat(written)
                .allSatisfy(
                        number -> assertThat(valueOf(KilledWriter.key(number))).isEqualTo(KilledWriter.value(number)));
        assertThat(walk(KvQuery.of(KeyPrefix.of("written/")))).allSatisfy(listed -> {
            var number = Integer.parseInt(listed.key().text().substring("written/".length()));
            assertThat(valueOf(listed.key())).isEqualTo(KilledWriter.value(number));
        });
    }

    @Test
    @Tag("KV-15")
    void what_was_answered_is_there_after_the_engine_was_opened_again() {
        requires(Ability.REOPEN);
        var large = randomBytes(15, 200_000);
        var version = put(KEY, "v");
        store().put(
                        KvKey.of("large"),
                        KvEntry.of(large).with(KvMetadata.of("[]")).expiring(Expiry.after(MINUTE)),
                        KvCondition.ANY);
        put(KvKey.of("gone"), "v");
        store().delete(KvKey.of("gone"));
        var cursor = ((KvPage.More) store().list(KvQuery.all().limitedTo(1))).next();

        fixture.reopen();

        assertThat(text(KEY)).isEqualTo("v");
        assertThat(store().get(KvKey.of("large")).orElseThrow().value()).isEqualTo(large);
        assertThat(store().get(KvKey.of("large")).orElseThrow().metadata()).isEqualTo(KvMetadata.of("[]"));
        assertThat(store().get(KvKey.of("gone"))).isEmpty();
        assertThat(names(store().list(at(KvQuery.all(), cursor)).keys())).containsExactly("large");
        assertThat(put(KEY, "w")).isGreaterThan(version);
    }

    @Test
    @Tag("KV-16")
    void a_put_that_does_not_end_well_leaves_the_old_value() {
        var old = KvEntry.of(randomBytes(16, 100_000)).with(KvMetadata.of("{\"old\":true}"));
        store().put(KEY, old, KvCondition.ANY);
        var before = store().get(KEY).orElseThrow();
        var broken = KvEntry.of(randomBytes(17, 100_000));

        assertFailure(
                FailureCode.EXPIRES_IN_PAST,
                () -> store().put(KEY, broken.expiring(Expiry.at(fixture.clock().instant())), KvCondition.ANY));
        store().put(KEY, broken, KvCondition.IF_ABSENT);

        assertThat(store().get(KEY)).contains(before);
    }

    @Test
    @Tag("KV-16")
    void a_put_of_a_unit_that_does_not_end_well_leaves_the_old_value() {
        put(KEY, "old");
        var before = store().get(KEY).orElseThrow();
        var broken = KvEntry.of(randomBytes(18, 100_000));
        if (!fixture.engine().info().can(Capability.UNITS)) {
            assertFailure(FailureCode.UNSUPPORTED, () -> fixture.engine().together(inner -> before));
            throw new NotClaimed(Capability.UNITS);
        }

        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.keyValue(CACHE).put(KEY, broken, KvCondition.ANY);
                    throw new IllegalStateException("broken in the middle");
                }))
                .hasMessage("broken in the middle");

        assertThat(store().get(KEY)).contains(before);
    }

    @Test
    @Tag("KV-17")
    void a_key_may_hold_any_character() {
        var keys = Stream.of(
                        "a/b",
                        "/",
                        "//",
                        "a%2Fb",
                        "%",
                        "a\u0000b",
                        "a\nb",
                        "\r\n",
                        "a?b#c",
                        " ",
                        "\t",
                        "'",
                        "\"",
                        "\\",
                        "a*b",
                        "_",
                        "\uFEFFa",
                        "a:b;c",
                        "\u0000")
                .map(KvKey::of)
                .toList();

        keys.forEach(key -> put(key, "value of " + key.text()));

        assertThat(keys).allSatisfy(key -> assertThat(text(key)).isEqualTo("value of " + key.text()));
        assertThat(walk(KvQuery.all().limitedTo(3)).stream().map(KvListed::key))
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(names(walk(KvQuery.of(KeyPrefix.of("%"))))).containsExactly("%");
        assertThat(names(walk(KvQuery.of(KeyPrefix.of("_"))))).containsExactly("_");
        assertThat(keys).allSatisfy(key -> assertThat(store().delete(key)).isTrue());
    }

    @Test
    @Tag("KV-18")
    void a_grant_of_a_prefix_neither_reads_nor_writes_nor_lists_outside_of_it() {
        var outside = KvKey.of("app2:a");
        put(KEY, "inside");
        put(outside, "outside");
        put(KvKey.of("app1"), "outside too");
        var confined = storage().keyValue(grants().ofPrefix("CACHE", KeyPrefix.of("app1:")), CACHE);

        assertThat(confined.get(KEY)).isPresent();
        assertThat(names(confined.list(KvQuery.of(KeyPrefix.of("app1:"))).keys()))
                .containsExactly("app1:a");
        for (Callable<?> reach : List.<Callable<?>>of(
                () -> confined.get(outside),
                () -> confined.get(KvKey.of("app1")),
                () -> confined.getMany(List.of(KEY, outside), KvRead.FRESH),
                () -> confined.put(outside, KvEntry.of("v"), KvCondition.ANY),
                () -> confined.putMany(List.of(new KvPair(KEY, KvEntry.of("v")), new KvPair(outside, KvEntry.of("v")))),
                () -> confined.delete(outside),
                () -> confined.deleteMany(List.of(KEY, outside)),
                () -> confined.list(KvQuery.all()),
                () -> confined.list(KvQuery.of(KeyPrefix.of("app1"))),
                () -> confined.list(KvQuery.of(KeyPrefix.of("app2:"))))) {
            assertFailure(FailureCode.DENIED, reach);
        }

        assertThat(text(KEY)).isEqualTo("inside");
        assertThat(text(outside)).isEqualTo("outside");
    }

    @Test
    @Tag("KV-18")
    void a_grant_of_one_namespace_opens_no_other() {
        fixture.engine().resources().create(OTHER);
        var grant = grants().ofPrefix("CACHE", KeyPrefix.EVERY);

        assertThat(storage().keyValue(grant, CACHE).get(KEY)).isEmpty();
        assertFailure(FailureCode.DENIED, () -> storage().keyValue(grant, OTHER).get(KEY));
        assertFailure(
                FailureCode.DENIED,
                () -> storage().keyValue(grant, new NamespaceTitle("none")).get(KEY));
    }

    @Test
    @Tag("KV-19")
    void get_many_leaves_out_what_is_missing() {
        put(KvKey.of("a"), "1");
        put(KvKey.of("b"), "2");

        var found =
                store().getMany(Stream.of("a", "none", "b", "a").map(KvKey::of).toList(), KvRead.FRESH);

        assertThat(found).containsOnlyKeys(KvKey.of("a"), KvKey.of("b"));
        assertThat(found.values().stream().map(entry -> entry.value().toUtf8())).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    @Tag("KV-19")
    void get_many_takes_1_to_100_keys() {
        store().putMany(pairs(101, "v"));
        var keys = pairs(101, "v").stream().map(KvPair::key).toList();

        assertThat(store().getMany(keys.subList(0, 100), KvRead.FRESH)).hasSize(100);
        assertFailure(FailureCode.BAD_REQUEST, () -> store().getMany(keys, KvRead.FRESH));
        assertFailure(FailureCode.BAD_REQUEST, () -> store().getMany(List.of(), KvRead.FRESH));
    }

    @Test
    @Tag("KV-19")
    void get_many_gives_at_most_25_mib() {
        var half = filled((byte) 'h', KvLimits.VALUE_BYTES / 2);
        Stream.of("a", "b").forEach(key -> store().put(KvKey.of(key), KvEntry.of(half), KvCondition.ANY));
        put(KvKey.of("c"), "1");

        assertThat(store().getMany(List.of(KvKey.of("a"), KvKey.of("b")), KvRead.FRESH))
                .hasSize(2);
        assertFailure(
                FailureCode.TOO_LARGE,
                () -> store().getMany(List.of(KvKey.of("a"), KvKey.of("b"), KvKey.of("c")), KvRead.FRESH));
    }

    @Test
    @Tag("KV-20")
    void put_many_tells_which_members_failed_and_does_the_others() {
        var past = KvEntry.of("late").expiring(Expiry.at(fixture.clock().instant()));
        put(KvKey.of("b"), "old");

        var outcome = store().putMany(List.of(
                new KvPair(KvKey.of("a"), KvEntry.of("1")),
                new KvPair(KvKey.of("b"), past),
                new KvPair(KvKey.of("c"), KvEntry.of("3"))));

        assertThat(outcome)
                .isEqualTo(new BulkOutcome(
                        2, List.of(new BulkOutcome.Failed(KvKey.of("b"), FailureCode.EXPIRES_IN_PAST))));
        assertThat(text(KvKey.of("a"))).isEqualTo("1");
        assertThat(text(KvKey.of("b"))).isEqualTo("old");
        assertThat(text(KvKey.of("c"))).isEqualTo("3");
    }

    @Test
    @Tag("KV-20")
    void of_a_key_that_occurs_twice_in_put_many_the_last_wins() {
        var outcome =
                store().putMany(List.of(new KvPair(KEY, KvEntry.of("first")), new KvPair(KEY, KvEntry.of("second"))));

        assertThat(outcome).isEqualTo(new BulkOutcome(2, List.of()));
        assertThat(text(KEY)).isEqualTo("second");
    }

    @Test
    @Tag("KV-20")
    void delete_many_counts_an_absent_key_as_done() {
        put(KEY, "v");

        var outcome = store().deleteMany(List.of(KEY, KvKey.of("none"), KEY));

        assertThat(outcome).isEqualTo(new BulkOutcome(3, List.of()));
        assertThat(store().get(KEY)).isEmpty();
    }

    @Test
    @Tag("KV-20")
    void a_bulk_call_takes_1_to_10000_members_of_at_most_100_mb() {
        var most = pairs(10_000, "v");
        var quarter = KvEntry.of(filled((byte) 'q', 25_000_000));
        var tooLarge = IntStream.range(0, 4)
                .mapToObj(i -> new KvPair(KvKey.of("q" + i), quarter))
                .toList();

        assertThat(store().putMany(most).done()).isEqualTo(10_000);
        assertThat(store().deleteMany(most.stream().map(KvPair::key).toList()).done())
                .isEqualTo(10_000);
        assertFailure(FailureCode.TOO_LARGE, () -> store().putMany(pairs(10_001, "v")));
        assertFailure(FailureCode.TOO_LARGE, () -> store().putMany(tooLarge));
        assertFailure(FailureCode.BAD_REQUEST, () -> store().putMany(List.of()));
        assertFailure(
                FailureCode.TOO_LARGE,
                () -> store().deleteMany(
                                pairs(10_001, "v").stream().map(KvPair::key).toList()));
        assertFailure(FailureCode.BAD_REQUEST, () -> store().deleteMany(List.of()));
        assertThat(store().list(KvQuery.all()).keys()).isEmpty();
    }

    @Test
    @Tag("KV-21")
    void what_five_clients_saw_has_an_order_that_explains_it() {
        for (var round = 0; round < 8; round++) {
            var key = KvKey.of("register/" + round);
            var seed = 2_100 + round;
            var history = new RegisterHistory();

            AtOnce.run(5, client -> () -> {
                var random = new Random(seed * 10L + client);
                IntStream.range(0, 12).forEach(step -> history.record(() -> act(key, random, 1 + client * 12 + step)));
                return client;
            });

            assertThat(history.linearizable()).as("seed " + seed).isTrue();
        }
    }

    @Test
    @Tag("KV-22")
    void no_pair_of_namespace_and_key_equals_another_pair() {
        var random = new Random(22);
        var expected = new HashMap<NamespaceTitle, Map<KvKey, String>>();
        for (var i = 0; i < 300; i++) {
            var whole = "ab:/|\u0000".repeat(2);
            var cut = 1 + random.nextInt(whole.length() - 2);
            var end = cut + 1 + random.nextInt(whole.length() - cut);
            var title = new NamespaceTitle(whole.substring(0, cut));
            expected.computeIfAbsent(title, any -> new TreeMap<>())
                    .put(KvKey.of(whole.substring(cut, end)), "value " + i);
        }
        expected.keySet().forEach(title -> fixture.engine().resources().create(title));

        expected.forEach((title, entries) ->
                entries.forEach((key, value) -> store(title).put(key, KvEntry.of(value), KvCondition.ANY)));

        assertThat(expected).allSatisfy((title, entries) -> {
            assertThat(walk(title, KvQuery.all()).stream().map(KvListed::key))
                    .containsExactlyElementsOf(entries.keySet());
            assertThat(entries)
                    .allSatisfy((key, value) -> assertThat(
                                    store(title).get(key).orElseThrow().value().toUtf8())
                            .isEqualTo(value));
        });
    }

    @Test
    void an_unknown_namespace_is_not_found_and_not_made() {
        var unknown = store(OTHER);

        assertFailure(FailureCode.NOT_FOUND, () -> unknown.get(KEY));
        assertFailure(FailureCode.NOT_FOUND, () -> unknown.getMany(List.of(KEY), KvRead.FRESH));
        assertFailure(FailureCode.NOT_FOUND, () -> unknown.put(KEY, KvEntry.of("v"), KvCondition.ANY));
        assertFailure(FailureCode.NOT_FOUND, () -> unknown.putMany(pairs(2, "v")));
        assertFailure(FailureCode.NOT_FOUND, () -> unknown.delete(KEY));
        assertFailure(FailureCode.NOT_FOUND, () -> unknown.deleteMany(List.of(KEY)));
        assertFailure(FailureCode.NOT_FOUND, () -> unknown.list(KvQuery.all()));
        assertThat(fixture.engine().resources().find(OTHER)).isEmpty();
    }

    @Test
    void a_deleted_entry_is_gone_and_deleting_it_again_tells_so() {
        put(KEY, "v");

        assertThat(store().delete(KEY)).isTrue();

        assertThat(store().get(KEY)).isEmpty();
        assertThat(store().delete(KEY)).isFalse();
    }

    @Test
    void a_large_value_may_be_replaced_by_a_small_one_and_back() {
        var large = randomBytes(3, 300_000);
        store().put(KEY, KvEntry.of(large), KvCondition.ANY);

        put(KEY, "small");
        assertThat(text(KEY)).isEqualTo("small");
        store().put(KEY, KvEntry.of(large), KvCondition.ANY);
        assertThat(valueOf(KEY)).isEqualTo(large);
        assertThat(store().delete(KEY)).isTrue();
        assertThat(store().get(KEY)).isEmpty();
    }

    private void requires(Ability ability) {
        if (fixture.spares(ability)) {
            throw new NotClaimed(ability);
        }
    }

    private KeyValueStore store() {
        return store(CACHE);
    }

    private KeyValueStore store(NamespaceTitle title) {
        return fixture.engine().keyValue(title);
    }

    private Storage storage() {
        return new Storage(fixture.engine(), fixture.clock(), new SettableTicker(), new RecordingStorageLog());
    }

    private TestGrants grants() {
        return new TestGrants(fixture.clock());
    }

    private KvVersion put(KvKey key, String value) {
        return stored(store().put(key, KvEntry.of(value), KvCondition.ANY));
    }

    private KvVersion putExpiringAt(KvKey key, Duration ahead) {
        var entry = KvEntry.of("v").expiring(Expiry.at(fixture.clock().in(ahead)));
        return stored(store().put(key, entry, KvCondition.ANY));
    }

    private static KvVersion stored(KvPut put) {
        assertThat(put).isInstanceOf(KvPut.Stored.class);
        return ((KvPut.Stored) put).version();
    }

    private String text(KvKey key) {
        return valueOf(key).toUtf8();
    }

    private Bytes valueOf(KvKey key) {
        return store().get(key).orElseThrow().value();
    }

    private static KvEntry one(Map<KvKey, KvEntry> found) {
        assertThat(found).hasSize(1);
        return found.values().iterator().next();
    }

    private List<Bytes> putTwice(Bytes value) {
        store().put(KEY, KvEntry.of(value), KvCondition.ANY);
        store().put(KEY, KvEntry.of(value), KvCondition.ANY);
        return List.of();
    }

    private void incrementOnce(KvKey key) {
        while (true) {
            var entry = store().get(key).orElseThrow();
            var next = Integer.parseInt(entry.value().toUtf8()) + 1;
            var put = store().put(key, KvEntry.of(Integer.toString(next)), KvCondition.ifVersion(entry.version()));
            if (put instanceof KvPut.Stored) {
                return;
            }
        }
    }

    private IntUnaryOperator act(KvKey key, Random random, int value) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                put(key, Integer.toString(value));
                yield before -> value;
            }
            case 1 -> {
                var deleted = store().delete(key);
                yield before -> deleted == (before != RegisterHistory.ABSENT)
                        ? RegisterHistory.ABSENT
                        : RegisterHistory.IMPOSSIBLE;
            }
            case 2 -> {
                var put = store().put(key, KvEntry.of(Integer.toString(value)), KvCondition.IF_ABSENT);
                yield put instanceof KvPut.Stored
                        ? before -> before == RegisterHistory.ABSENT ? value : RegisterHistory.IMPOSSIBLE
                        : before -> before == RegisterHistory.ABSENT ? RegisterHistory.IMPOSSIBLE : before;
            }
            default -> {
                var seen = store().get(key)
                        .map(entry -> Integer.parseInt(entry.value().toUtf8()))
                        .orElse(RegisterHistory.ABSENT);
                yield before -> before == seen ? before : RegisterHistory.IMPOSSIBLE;
            }
        };
    }

    private List<String> walkThenStop(AtomicBoolean walking) {
        try {
            return names(walk(KvQuery.all().limitedTo(9)));
        } finally {
            walking.set(false);
        }
    }

    private List<String> churn(int writer, AtomicBoolean walking) {
        var random = new Random(writer);
        while (walking.get()) {
            var key = KvKey.of("k/%03d/%d".formatted(random.nextInt(120), writer));
            put(key, "v");
            store().delete(key);
        }
        return List.of();
    }

    /** Puts app1:a, app1:b and app1:c and lists the first page. */
    private Cursor firstCursor(KvQuery query) {
        Stream.of("app1:a", "app1:b", "app1:c").forEach(key -> put(KvKey.of(key), key));
        return switch (store().list(query)) {
            case KvPage.More more -> more.next();
            case KvPage.Last last -> throw new AssertionError("no page after " + names(last.keys()));
        };
    }

    private List<KvListed> walk(KvQuery query) {
        return walk(CACHE, query);
    }

    private List<KvListed> walk(NamespaceTitle title, KvQuery query) {
        var walked = new ArrayList<KvListed>();
        var page = store(title).list(query);
        walked.addAll(page.keys());
        while (page instanceof KvPage.More more) {
            page = store(title).list(at(query, more.next()));
            walked.addAll(page.keys());
        }
        return walked;
    }

    private static KvQuery at(KvQuery query, Cursor cursor) {
        return query.from(new KvStart.At(cursor));
    }

    private static KvStart after(String key) {
        return new KvStart.After(KvKey.of(key));
    }

    private static List<String> names(List<KvListed> listed) {
        return listed.stream().map(row -> row.key().text()).toList();
    }

    private static List<KvPair> pairs(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> new KvPair(KvKey.of("k%05d".formatted(i)), KvEntry.of(value)))
                .toList();
    }

    private static Bytes randomBytes(int seed, int size) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private static Bytes filled(byte with, int size) {
        var bytes = new byte[size];
        Arrays.fill(bytes, with);
        return Bytes.copyOf(bytes);
    }

    private static String randomText(Random random, int most) {
        var text = new StringBuilder();
        for (var length = 1 + random.nextInt(most); length > 0; length--) {
            var alphabets =
                    new int[] {'a' + random.nextInt(3), 0xE9, 0xFFEE, 0x1F600 + random.nextInt(3), random.nextInt(0x80)
                    };
            text.appendCodePoint(alphabets[random.nextInt(alphabets.length)]);
        }
        return text.toString().replaceFirst("^\\.+$", "dots");
    }

    private static void assertFailure(FailureCode code, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
