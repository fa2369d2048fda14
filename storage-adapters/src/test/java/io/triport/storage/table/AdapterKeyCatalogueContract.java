package io.triport.storage.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.FieldMatch;
import io.triport.domain.table.FoundKeys;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics.Lifetime;
import io.triport.domain.table.NamespaceStatistics.Prefix;
import io.triport.domain.table.NamespaceTotals;
import io.triport.domain.table.Paging;
import io.triport.domain.table.TagMatch;
import io.triport.domain.table.TextMatch;
import io.triport.testkit.Ability;
import io.triport.testkit.AtOnce;
import io.triport.testkit.StorageFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What adapters promise beyond the contract of the port: odd names, ties, rows that have ended, many rows. */
public abstract class AdapterKeyCatalogueContract {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final NamespaceTitle UNKNOWN = new NamespaceTitle("UNKNOWN");
    private static final KvKey A = KvKey.of("a");
    private static final KvKey B = KvKey.of("b");
    private static final KeyLabels RED =
            new KeyLabels(List.of(new KeyTag("x y"), new KeyTag("ä")), new JsonText("{\"n\":1}"), "red");
    private static final Paging MANY = Paging.first(1_000);

    private StorageFixture fixture;

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
        fixture.engine().resources().create(CACHE);
        fixture.engine().resources().create(OTHER);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_key_has_a_row_from_its_first_write_on() {
        put("a", "four", Expiry.after(Duration.ofSeconds(60)));

        var row = record(A);

        assertThat(row.namespace()).isEqualTo(CACHE);
        assertThat(row.key()).isEqualTo(A);
        assertThat(row.labels()).isEqualTo(KeyLabels.NONE);
        assertThat(row.size()).isEqualTo(4);
        assertThat(row.expiry()).isEqualTo(Expiry.at(now().plusSeconds(60)));
        assertThat(row.version())
                .isEqualTo(fixture.engine().keyValue(CACHE).get(A).orElseThrow().version());
        assertThat(row.created()).isEqualTo(now());
        assertThat(row.updated()).isEqualTo(now());
        assertThat(row.labelled()).isEqualTo(Instant.MIN);
    }

    @Test
    void bulk_writes_have_rows_too() {
        fixture.engine()
                .keyValue(CACHE)
                .putMany(List.of(
                        new KvPair(A, KvEntry.of("1")),
                        new KvPair(B, KvEntry.of("22")),
                        new KvPair(A, KvEntry.of("333"))));

        assertThat(record(A).size()).isEqualTo(3);
        assertThat(record(B).created()).isEqualTo(now());
        assertThat(totals()).isEqualTo(new NamespaceTotals(2, 5, 0, now()));
    }

    @Test
    void an_overwrite_keeps_when_the_key_came_to_be_and_its_labels() {
        var born = now();
        put("a", "1");
        label(A, RED);
        fixture.clock().advance(Duration.ofSeconds(5));
        put("a", "22");
        fixture.engine().keyValue(CACHE).putMany(List.of(new KvPair(A, KvEntry.of("22"))));

        assertThat(record(A).created()).isEqualTo(born);
        assertThat(record(A).updated()).isEqualTo(born.plusSeconds(5));
        assertThat(record(A).labels()).isEqualTo(RED);
        assertThat(record(A).labelled()).isEqualTo(born);
    }

    @Test
    void a_key_that_was_deleted_begins_anew() {
        put("a", "1");
        label(A, RED);
        fixture.clock().advance(Duration.ofSeconds(5));
        fixture.engine().keyValue(CACHE).delete(A);

        assertThat(find(A)).isEmpty();
        put("a", "1");
        assertThat(record(A).created()).isEqualTo(now());
        assertThat(record(A).labels()).isEqualTo(KeyLabels.NONE);

        label(A, RED);
        fixture.engine().keyValue(CACHE).deleteMany(List.of(A));
        put("a", "1");
        assertThat(record(A).labels()).isEqualTo(KeyLabels.NONE);
    }

    @Test
    void a_key_that_expired_begins_anew_whether_it_was_reclaimed_or_not() {
        put("a", "1", Expiry.after(Duration.ofSeconds(60)));
        put("b", "1", Expiry.after(Duration.ofSeconds(60)));
        label(A, RED);
        label(B, RED);
        fixture.clock().advance(Duration.ofSeconds(60));

        assertThat(find(A)).isEmpty();
        put("a", "1");
        fixture.engine().resources().reclaim(100);
        fixture.engine().keyValue(CACHE).putMany(List.of(new KvPair(B, KvEntry.of("1"))));

        assertThat(record(A).created()).isEqualTo(now());
        assertThat(record(A).labels()).isEqualTo(KeyLabels.NONE);
        assertThat(record(B).created()).isEqualTo(now());
        assertThat(record(B).labels()).isEqualTo(KeyLabels.NONE);
    }

    @Test
    void labels_are_replaced_and_keys_that_are_not_live_are_told() {
        put("a", "1");
        put("b", "1", Expiry.after(Duration.ofSeconds(60)));
        fixture.clock().advance(Duration.ofSeconds(60));

        assertThat(catalogue().label(CACHE, Map.of(A, RED, B, RED))).containsExactly(B);
        assertThat(record(A).labels()).isEqualTo(RED);
        assertThat(label(A, KeyLabels.NONE.colored("blue"))).isEmpty();
        assertThat(record(A).labels()).isEqualTo(KeyLabels.NONE.colored("blue"));
        assertThat(label(KvKey.of("absent"), RED)).containsExactly(KvKey.of("absent"));

        put("b", "1");
        put("absent", "1");
        assertThat(record(B).labels()).isEqualTo(KeyLabels.NONE);
        assertThat(record(KvKey.of("absent")).labels()).isEqualTo(KeyLabels.NONE);
    }

    @Test
    void labels_stay_with_a_namespace_that_is_renamed_and_go_with_one_that_is_dropped() {
        put("a", "1");
        label(A, RED);
        var id = fixture.engine().resources().find(CACHE).orElseThrow().id();

        fixture.engine().resources().rename(id, UNKNOWN);
        assertThat(catalogue().find(UNKNOWN, List.of(A)).get(A))
                .extracting(KeyRecord::labels)
                .isEqualTo(RED);
        fixture.engine().resources().drop(id);
        fixture.engine().resources().create(CACHE);

        assertThat(find(A)).isEmpty();
        assertThat(totals()).isEqualTo(NamespaceTotals.EMPTY);
        fixture.engine().resources().reclaim(100);
        put("a", "1");
        assertThat(record(A).labels()).isEqualTo(KeyLabels.NONE);
        assertThat(totals().keys()).isEqualTo(1);
    }

    @Test
    void only_the_live_keys_that_were_asked_for_are_found() {
        put("a", "1");
        put("b", "1");

        assertThat(catalogue().find(CACHE, List.of(A, KvKey.of("c")))).containsOnlyKeys(A);
        assertThat(catalogue().find(CACHE, List.of())).isEmpty();
        assertThat(catalogue().find(OTHER, List.of(A))).isEmpty();
    }

    @Test
    void a_text_is_found_as_the_characters_that_it_has() {
        for (var name : List.of("a%b", "a_b", "axb", "A%B", "aäb", "a*b", "a?b", "user:\uD83D\uDE00")) {
            put(name, "1");
        }

        assertThat(names(substring("%"))).containsExactlyInAnyOrder("a%b", "A%B");
        assertThat(names(substring("_"))).containsExactly("a_b");
        assertThat(names(substring("a%"))).containsExactly("a%b");
        assertThat(names(substring("ä"))).containsExactly("aäb");
        assertThat(names(substring("*"))).containsExactly("a*b");
        assertThat(names(substring("\uD83D\uDE00"))).containsExactly("user:\uD83D\uDE00");
        assertThat(names(substring("absent"))).isEmpty();
        assertThat(names(match(TextMatch.Kind.PREFIX, "a%"))).containsExactly("a%b");
        assertThat(names(match(TextMatch.Kind.GLOB, "a?b")))
                .containsExactlyInAnyOrder("a%b", "a_b", "axb", "aäb", "a*b", "a?b");
        assertThat(names(match(TextMatch.Kind.GLOB, "*:?"))).containsExactly("user:\uD83D\uDE00");
        assertThat(names(match(TextMatch.Kind.GLOB, "a"))).isEmpty();
        assertThat(names(match(TextMatch.Kind.REGEX, "^a.b$"))).hasSize(6);
        assertThat(names(match(TextMatch.Kind.REGEX, "s.r"))).containsExactly("user:\uD83D\uDE00");
    }

    @Test
    void a_regular_expression_that_is_none_is_refused() {
        assertThatThrownBy(() -> names(match(TextMatch.Kind.REGEX, "(")))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("query"));
    }

    @Test
    void a_text_is_found_in_any_of_the_places_and_all_texts_must_be() {
        put("needle", "1");
        put("tagged", "1");
        put("described", "1");
        label(KvKey.of("tagged"), KeyLabels.NONE.tagged(List.of(new KeyTag("a needle"))));
        label(KvKey.of("described"), KeyLabels.NONE.describedBy(new JsonText("{\"a\":\"needle\"}")));
        var everywhere = new TextMatch(TextMatch.Kind.SUBSTRING, "needle", Set.of(TextMatch.Place.values()));
        var inTags = new TextMatch(TextMatch.Kind.PREFIX, "a n", Set.of(TextMatch.Place.TAGS));
        var both = new KeyFilter(
                List.of(everywhere, TextMatch.inName("d")),
                TagMatch.EVERY,
                List.of(),
                KeyFilter.Sizes.ANY,
                KeyFilter.Span.ALWAYS,
                KeyFilter.Span.ALWAYS,
                KeyFilter.Span.ALWAYS,
                KeyFilter.Lifetime.ANY);

        assertThat(names(KeyFilter.of(everywhere))).containsExactlyInAnyOrder("needle", "tagged", "described");
        assertThat(names(KeyFilter.of(inTags))).containsExactly("tagged");
        assertThat(names(both)).containsExactlyInAnyOrder("needle", "tagged", "described");
    }

    @Test
    void tags_are_found_whole() {
        put("1", "1");
        put("2", "1");
        put("3", "1");
        label(KvKey.of("1"), tagged("a", "b"));
        label(KvKey.of("2"), tagged("ab", "b"));

        assertThat(names(tags(TagMatch.Mode.ANY, "a"))).containsExactly("1");
        assertThat(names(tags(TagMatch.Mode.ANY, "a", "b"))).containsExactlyInAnyOrder("1", "2");
        assertThat(names(tags(TagMatch.Mode.ALL, "a", "b"))).containsExactly("1");
        assertThat(names(tags(TagMatch.Mode.NONE, "a"))).containsExactlyInAnyOrder("2", "3");
        assertThat(names(tags(TagMatch.Mode.NONE, "a", "ab"))).containsExactly("3");
        assertThat(names(tags(TagMatch.Mode.NONE))).hasSize(3);
    }

    @Test
    void a_field_of_the_custom_metadata_must_have_the_value() {
        put("1", "1");
        put("2", "1");
        put("3", "1");
        label(KvKey.of("1"), custom("{\"a\":{\"b\":\"x\\u0041\"},\"n\":5,\"t\":true}"));
        label(KvKey.of("2"), custom("{\"a\":[1,{\"b\":\"xA\"}],\"n\":\"5\",\"t\":null, \"o\": {\"p\": 1}}"));
        label(KvKey.of("3"), custom("not json {\"n\":5}"));

        assertThat(names(field("xA", "a", "b"))).containsExactly("1");
        assertThat(names(field("5", "n"))).containsExactlyInAnyOrder("1", "2");
        assertThat(names(field("true", "t"))).containsExactly("1");
        assertThat(names(field("null", "t"))).containsExactly("2");
        assertThat(names(field("{\"p\": 1}", "o"))).containsExactly("2");
        assertThat(names(field("x", "a", "b", "c"))).isEmpty();
    }

    @Test
    void numbers_and_moments_are_within_their_spans() {
        var start = now();
        put("1", "1");
        fixture.clock().advance(Duration.ofSeconds(10));
        put("22", "22", Expiry.after(Duration.ofSeconds(60)));
        put("1", "1");

        assertThat(names(sizes(2, 2))).containsExactly("22");
        assertThat(names(sizes(0, 1))).containsExactly("1");
        assertThat(names(created(KeyFilter.Span.before(start.plusSeconds(10))))).containsExactly("1");
        assertThat(names(created(KeyFilter.Span.since(start.plusSeconds(10))))).containsExactly("22");
        assertThat(names(updated(KeyFilter.Span.since(start.plusSeconds(10))))).hasSize(2);
        assertThat(names(updated(KeyFilter.Span.before(start.plusSeconds(10))))).isEmpty();
        assertThat(names(KeyFilter.EVERY.expiring(KeyFilter.Span.before(start.plusSeconds(71)))))
                .containsExactly("22");
        assertThat(names(KeyFilter.EVERY.expiring(KeyFilter.Span.before(start.plusSeconds(70)))))
                .isEmpty();
        assertThat(names(lifetime(KeyFilter.Lifetime.EXPIRING))).containsExactly("22");
        assertThat(names(lifetime(KeyFilter.Lifetime.LASTING))).containsExactly("1");
    }

    @Test
    void each_order_is_by_what_it_names() {
        put("b", "333", Expiry.after(Duration.ofSeconds(120)));
        put("a", "1");
        put("\uD83D\uDE00", "22");
        put("\uFFEE", "22", Expiry.after(Duration.ofSeconds(60)));
        put("a", "1");

        assertThat(ordered(KeySearch.Order.NEWEST_FIRST)).containsExactly("a", "\uFFEE", "\uD83D\uDE00", "b");
        assertThat(ordered(KeySearch.Order.OLDEST_FIRST)).containsExactly("b", "\uD83D\uDE00", "\uFFEE", "a");
        assertThat(ordered(KeySearch.Order.NAME)).containsExactly("a", "b", "\uFFEE", "\uD83D\uDE00");
        assertThat(ordered(KeySearch.Order.NAME_DESCENDING)).containsExactly("\uD83D\uDE00", "\uFFEE", "b", "a");
        assertThat(ordered(KeySearch.Order.LARGEST_FIRST)).containsExactly("b", "\uFFEE", "\uD83D\uDE00", "a");
        assertThat(ordered(KeySearch.Order.SMALLEST_FIRST)).containsExactly("a", "\uFFEE", "\uD83D\uDE00", "b");
        assertThat(ordered(KeySearch.Order.EXPIRING_FIRST)).containsExactly("\uFFEE", "b", "a", "\uD83D\uDE00");
    }

    @Test
    void a_search_reaches_its_areas_and_no_further() {
        put("a:1", "1");
        put("b:1", "1");
        fixture.engine().keyValue(OTHER).put(KvKey.of("a:2"), KvEntry.of("1"), KvCondition.ANY);
        var parts = List.of(new KeyArea(CACHE, KeyPrefix.of("a:")), KeyArea.all(OTHER));
        var overlapping = List.of(KeyArea.all(CACHE), new KeyArea(CACHE, KeyPrefix.of("a:")));

        assertThat(names(parts, KeyFilter.EVERY)).containsExactly("a:2", "a:1");
        assertThat(names(overlapping, KeyFilter.EVERY)).containsExactly("b:1", "a:1");
        assertThat(names(List.of(), KeyFilter.EVERY)).isEmpty();
        assertThat(names(parts, substring("2"))).containsExactly("a:2");
    }

    @Test
    void a_search_reaches_thousands_of_areas() {
        var titles = fixture.engine()
                .together(unit -> IntStream.range(0, 1_100)
                        .mapToObj(number -> unit.resources()
                                .create(new NamespaceTitle("many-" + number))
                                .title())
                        .toList());
        put("a:1", "1");
        fixture.engine().keyValue(titles.get(7)).put(KvKey.of("b:1"), KvEntry.of("1"), KvCondition.ANY);
        fixture.engine().keyValue(titles.get(1_099)).put(KvKey.of("a:2"), KvEntry.of("1"), KvCondition.ANY);
        var spaces = titles.stream().map(KeyArea::all).toList();
        var parts = IntStream.range(0, 1_100)
                .mapToObj(number -> new KeyArea(CACHE, KeyPrefix.of("none-" + number)))
                .collect(Collectors.toCollection(ArrayList::new));
        parts.add(new KeyArea(CACHE, KeyPrefix.of("a:")));
        parts.addAll(spaces);

        assertThat(names(spaces, KeyFilter.EVERY)).containsExactly("a:2", "b:1");
        assertThat(names(parts, KeyFilter.EVERY)).containsExactlyInAnyOrder("a:1", "a:2", "b:1");
        assertThat(names(parts, substring("a:"))).containsExactlyInAnyOrder("a:1", "a:2");
    }

    @Test
    void pages_follow_each_other_and_know_the_whole() {
        IntStream.range(0, 25).forEach(number -> put("k" + number, "1"));
        var walked = new ArrayList<String>();

        for (var offset = 0; offset < 30; offset += 10) {
            var found = catalogue()
                    .search(new KeySearch(
                            List.of(KeyArea.all(CACHE)),
                            substring("k"),
                            KeySearch.Order.NEWEST_FIRST,
                            new Paging(10, offset)));
            assertThat(found.total()).isEqualTo(25);
            found.keys().forEach(row -> walked.add(row.key().text()));
        }

        assertThat(walked).hasSize(25).doesNotHaveDuplicates().startsWith("k24").endsWith("k0");
    }

    @Test
    void many_keys_are_counted_and_ordered_as_few_are() {
        var pairs = IntStream.range(0, 6_000)
                .mapToObj(number -> new KvPair(KvKey.of("key:" + number), KvEntry.of("v".repeat(number % 7))))
                .toList();
        fixture.engine().keyValue(CACHE).putMany(pairs);
        put("key:17", "late");
        label(KvKey.of("key:17"), RED);
        put("key:gone", "1", Expiry.after(Duration.ofSeconds(1)));
        fixture.clock().advance(Duration.ofSeconds(1));

        for (var order : KeySearch.Order.values()) {
            var all = search(substring("key:"), order, new Paging(3, 2));
            var walked = search(match(TextMatch.Kind.GLOB, "key:*"), order, new Paging(3, 2));
            assertThat(all.total()).isEqualTo(6_000);
            assertThat(walked).isEqualTo(all);
        }
        var newest = search(substring("ey:"), KeySearch.Order.NEWEST_FIRST, Paging.first(1));
        assertThat(newest.keys()).extracting(KeyRecord::key).containsExactly(KvKey.of("key:17"));
        assertThat(search(substring("y:17"), KeySearch.Order.NAME, MANY).total())
                .isEqualTo(111);
    }

    @Test
    void a_level_of_the_tree_has_branches_and_leaves() {
        for (var name : List.of("a", "a:1", "a:2", "a:2:3", "b", "c:1", "c::", "d:", ":x")) {
            put(name, "1");
        }
        put("e:gone", "1", Expiry.after(Duration.ofSeconds(1)));
        put("c:gone", "1", Expiry.after(Duration.ofSeconds(1)));
        fixture.clock().advance(Duration.ofSeconds(1));

        var top = tree("", ":", Bytes.EMPTY, 100);
        var below = tree("a:", ":", Bytes.EMPTY, 100);
        var words = tree("", "::", Bytes.EMPTY, 100);

        assertThat(top.branches()).containsExactly(branch(":", 1), branch("a:", 3), branch("c:", 2), branch("d:", 1));
        assertThat(texts(top)).containsExactly("a", "b");
        assertThat(top.next()).isEqualTo(Bytes.EMPTY);
        assertThat(below.branches()).containsExactly(branch("a:2:", 1));
        assertThat(texts(below)).containsExactly("a:1", "a:2");
        assertThat(words.branches()).containsExactly(branch("c::", 1));
        assertThat(texts(words)).hasSize(8);
        assertThat(tree("x", ":", Bytes.EMPTY, 100)).isEqualTo(new KeyTree(List.of(), List.of(), Bytes.EMPTY));
    }

    @Test
    void pages_of_a_tree_are_together_the_whole() {
        for (var number = 10; number < 40; number++) {
            put("k" + number, "1");
            put("k" + number + ":a", "1");
            put("k" + number + ":b", "1");
        }
        var branches = new ArrayList<KeyTree.Branch>();
        var leaves = new ArrayList<String>();

        var from = Bytes.EMPTY;
        do {
            var page = tree("", ":", from, 7);
            assertThat(page.branches().size() + page.leaves().size()).isLessThanOrEqualTo(7);
            branches.addAll(page.branches());
            leaves.addAll(texts(page));
            from = page.next();
        } while (!from.isEmpty());

        assertThat(branches).hasSize(30).doesNotHaveDuplicates().allMatch(branch -> branch.keys() == 2);
        assertThat(leaves).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void totals_are_those_of_live_keys() {
        assertThat(totals()).isEqualTo(NamespaceTotals.EMPTY);
        put("a", "1");
        put("b", "22", Expiry.after(Duration.ofSeconds(60)));
        put("c", "333", Expiry.after(Duration.ofSeconds(120)));
        put("b", "2222", Expiry.after(Duration.ofSeconds(60)));
        put("gone", "1");
        fixture.engine().keyValue(CACHE).delete(KvKey.of("gone"));
        fixture.engine().keyValue(CACHE).delete(KvKey.of("absent"));
        fixture.engine().keyValue(OTHER).put(A, KvEntry.of("1"), KvCondition.ANY);

        assertThat(totals()).isEqualTo(new NamespaceTotals(3, 8, 2, now()));
        fixture.clock().advance(Duration.ofSeconds(60));
        assertThat(totals()).isEqualTo(new NamespaceTotals(2, 4, 1, now().minusSeconds(60)));
        fixture.engine().resources().reclaim(100);
        assertThat(totals()).isEqualTo(new NamespaceTotals(2, 4, 1, now().minusSeconds(60)));
        put("b", "1");
        assertThat(totals()).isEqualTo(new NamespaceTotals(3, 5, 1, now()));
    }

    @Test
    void a_namespace_is_looked_at_closely() {
        put("minute", "1", Expiry.after(Duration.ofMinutes(1)));
        put("h:1", "1", Expiry.after(Duration.ofMinutes(1).plusMillis(1)));
        put("h:2", "1", Expiry.after(Duration.ofHours(1)));
        put("d:1", "1", Expiry.after(Duration.ofDays(1)));
        put("w:1", "1", Expiry.after(Duration.ofDays(7)));
        put("m:1", "1", Expiry.after(Duration.ofDays(30)));
        put("l:1", "1", Expiry.after(Duration.ofDays(31)));
        IntStream.range(0, 12).forEach(number -> put("n:" + number, "v".repeat(2 + number)));
        put("gone:1", "large".repeat(100), Expiry.after(Duration.ofSeconds(1)));
        fixture.clock().advance(Duration.ofSeconds(1));

        var seen = catalogue().statistics(CACHE, ":");

        assertThat(seen.totals()).isEqualTo(totals());
        assertThat(seen.lifetimes())
                .isEqualTo(Map.of(
                        Lifetime.MINUTE, 2L,
                        Lifetime.HOUR, 1L,
                        Lifetime.DAY, 1L,
                        Lifetime.WEEK, 1L,
                        Lifetime.MONTH, 1L,
                        Lifetime.LATER, 1L,
                        Lifetime.NEVER, 12L));
        assertThat(seen.largest()).hasSize(10).first().isEqualTo(record(KvKey.of("n:11")));
        assertThat(seen.prefixes())
                .startsWith(new Prefix(KeyPrefix.of("n:"), 12, 90), new Prefix(KeyPrefix.of("h:"), 2, 2))
                .hasSize(6);
    }

    @Test
    void a_namespace_that_is_not_there_is_not_found() {
        assertNotFound(() -> catalogue().find(UNKNOWN, List.of(A)));
        assertNotFound(() -> catalogue().label(UNKNOWN, Map.of(A, RED)));
        assertNotFound(() -> names(List.of(KeyArea.all(UNKNOWN)), KeyFilter.EVERY));
        assertNotFound(() -> catalogue().tree(new KeyTree.Query(KeyArea.all(UNKNOWN), ":", Bytes.EMPTY, 10)));
        assertNotFound(() -> catalogue().totals(UNKNOWN));
        assertNotFound(() -> catalogue().statistics(UNKNOWN, ":"));
    }

    @Test
    void a_unit_sees_its_writes_and_its_labels_and_they_go_when_it_fails() {
        put("a", "1");
        label(A, RED);

        assertThatThrownBy(() -> fixture.engine().together(unit -> {
                    var inner = unit.tables().keyCatalogue();
                    unit.keyValue(CACHE).put(B, KvEntry.of("22"), KvCondition.ANY);
                    assertThat(inner.label(CACHE, Map.of(B, RED))).isEmpty();
                    assertThat(inner.find(CACHE, List.of(A, B))).hasSize(2);
                    assertThat(inner.totals(CACHE).bytes()).isEqualTo(3);
                    unit.keyValue(CACHE).delete(A);
                    assertThat(inner.totals(CACHE).keys()).isEqualTo(1);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(find(B)).isEmpty();
        assertThat(record(A).labels()).isEqualTo(RED);
        assertThat(totals()).isEqualTo(new NamespaceTotals(1, 1, 0, now()));
    }

    @Test
    void a_unit_within_a_unit_that_fails_leaves_the_totals_of_the_outer_one() {
        fixture.engine().together(outer -> {
            outer.keyValue(CACHE).put(A, KvEntry.of("1"), KvCondition.ANY);
            assertThatThrownBy(() -> outer.together(inner -> {
                        inner.keyValue(CACHE).put(B, KvEntry.of("22"), KvCondition.ANY);
                        assertThat(inner.tables().keyCatalogue().totals(CACHE).keys())
                                .isEqualTo(2);
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
            return A;
        });

        assertThat(totals()).isEqualTo(new NamespaceTotals(1, 1, 0, now()));
    }

    @Test
    void totals_hold_under_writes_at_once() {
        AtOnce.run(16, number -> () -> {
            for (var i = 0; i < 20; i++) {
                put("k" + (i + number) % 25, "v".repeat(i % 5 + 1));
                if (i % 3 == 0) {
                    fixture.engine().keyValue(CACHE).delete(KvKey.of("k" + i));
                }
            }
            return number;
        });

        var rows = search(KeyFilter.EVERY, KeySearch.Order.NAME, MANY).keys();
        assertThat(totals().keys()).isEqualTo(rows.size());
        assertThat(totals().bytes())
                .isEqualTo(rows.stream().mapToLong(KeyRecord::size).sum());
    }

    @Test
    void an_engine_opened_again_has_the_rows() {
        if (fixture.spares(Ability.REOPEN)) {
            return;
        }
        put("a", "1");
        label(A, RED);
        var row = record(A);
        var totals = totals();

        fixture.reopen();

        assertThat(record(A)).isEqualTo(row);
        assertThat(totals()).isEqualTo(totals);
    }

    private void put(String key, String value) {
        put(key, value, Expiry.NEVER);
    }

    private void put(String key, String value, Expiry expiry) {
        fixture.engine().keyValue(CACHE).put(KvKey.of(key), KvEntry.of(value).expiring(expiry), KvCondition.ANY);
    }

    private List<KvKey> label(KvKey key, KeyLabels labels) {
        return catalogue().label(CACHE, Map.of(key, labels));
    }

    private Map<KvKey, KeyRecord> find(KvKey key) {
        return catalogue().find(CACHE, List.of(key));
    }

    private KeyRecord record(KvKey key) {
        assertThat(find(key)).containsOnlyKeys(key);
        return find(key).values().iterator().next();
    }

    private NamespaceTotals totals() {
        return catalogue().totals(CACHE);
    }

    private static KeyFilter substring(String text) {
        return match(TextMatch.Kind.SUBSTRING, text);
    }

    private static KeyFilter match(TextMatch.Kind kind, String text) {
        return KeyFilter.of(new TextMatch(kind, text, Set.of(TextMatch.Place.NAME)));
    }

    private static KeyFilter tags(TagMatch.Mode mode, String... tags) {
        return KeyFilter.EVERY.tagged(new TagMatch(mode, Set.copyOf(tagged(tags).tags())));
    }

    private static KeyLabels tagged(String... tags) {
        return KeyLabels.NONE.tagged(Arrays.stream(tags).map(KeyTag::new).toList());
    }

    private static KeyLabels custom(String json) {
        return KeyLabels.NONE.describedBy(new JsonText(json));
    }

    private static KeyFilter field(String value, String... path) {
        return filter(List.of(new FieldMatch(List.of(path), value)), KeyFilter.Sizes.ANY, KeyFilter.EVERY);
    }

    private static KeyFilter sizes(long least, long most) {
        return filter(List.of(), new KeyFilter.Sizes(least, most), KeyFilter.EVERY);
    }

    private static KeyFilter filter(List<FieldMatch> fields, KeyFilter.Sizes sizes, KeyFilter other) {
        return new KeyFilter(
                other.texts(),
                other.tags(),
                fields,
                sizes,
                other.created(),
                other.updated(),
                other.expires(),
                other.lifetime());
    }

    private static KeyFilter created(KeyFilter.Span span) {
        return spans(span, KeyFilter.Span.ALWAYS, KeyFilter.Lifetime.ANY);
    }

    private static KeyFilter updated(KeyFilter.Span span) {
        return spans(KeyFilter.Span.ALWAYS, span, KeyFilter.Lifetime.ANY);
    }

    private static KeyFilter lifetime(KeyFilter.Lifetime lifetime) {
        return spans(KeyFilter.Span.ALWAYS, KeyFilter.Span.ALWAYS, lifetime);
    }

    private static KeyFilter spans(KeyFilter.Span created, KeyFilter.Span updated, KeyFilter.Lifetime lifetime) {
        return new KeyFilter(
                List.of(),
                TagMatch.EVERY,
                List.of(),
                KeyFilter.Sizes.ANY,
                created,
                updated,
                KeyFilter.Span.ALWAYS,
                lifetime);
    }

    private List<String> names(KeyFilter filter) {
        return names(List.of(KeyArea.all(CACHE)), filter);
    }

    private List<String> names(List<KeyArea> areas, KeyFilter filter) {
        return catalogue().search(new KeySearch(areas, filter, KeySearch.Order.NEWEST_FIRST, MANY)).keys().stream()
                .map(row -> row.key().text())
                .toList();
    }

    private List<String> ordered(KeySearch.Order order) {
        return search(KeyFilter.EVERY, order, MANY).keys().stream()
                .map(row -> row.key().text())
                .toList();
    }

    private FoundKeys search(KeyFilter filter, KeySearch.Order order, Paging paging) {
        return catalogue().search(new KeySearch(List.of(KeyArea.all(CACHE)), filter, order, paging));
    }

    private KeyTree tree(String prefix, String delimiter, Bytes from, int limit) {
        return catalogue().tree(new KeyTree.Query(new KeyArea(CACHE, KeyPrefix.of(prefix)), delimiter, from, limit));
    }

    private static KeyTree.Branch branch(String prefix, long keys) {
        return new KeyTree.Branch(KeyPrefix.of(prefix), keys);
    }

    private static List<String> texts(KeyTree tree) {
        return tree.leaves().stream().map(row -> row.key().text()).toList();
    }

    private static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    private Instant now() {
        return fixture.clock().instant();
    }

    private KeyCatalogue catalogue() {
        return fixture.engine().tables().keyCatalogue();
    }
}
