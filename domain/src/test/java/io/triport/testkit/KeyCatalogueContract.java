package io.triport.testkit;

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
import io.triport.domain.table.FieldMatch;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyFilter;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeySearch;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.KeyTree;
import io.triport.domain.table.NamespaceStatistics;
import io.triport.domain.table.NamespaceTotals;
import io.triport.domain.table.Paging;
import io.triport.domain.table.TagMatch;
import io.triport.domain.table.TextMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every catalogue of keys promises. */
public abstract class KeyCatalogueContract {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final KvKey A = KvKey.of("a");
    private static final KvKey B = KvKey.of("b");
    private static final KeyLabels LABELS = new KeyLabels(
            List.of(new KeyTag("red"), new KeyTag("blue")), new JsonText("{\"owner\":\"ann\",\"n\":7}"), "teal");

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
    void a_key_is_known_from_its_first_write_on() {
        put(CACHE, "a", "value");

        var row = only(catalogue().find(CACHE, List.of(A, B)));

        assertThat(catalogue().find(CACHE, List.of(B))).isEmpty();
        assertThat(row)
                .isEqualTo(new KeyRecord(
                        CACHE,
                        A,
                        KeyLabels.NONE,
                        5,
                        Expiry.NEVER,
                        fixture.engine().keyValue(CACHE).get(A).orElseThrow().version(),
                        now(),
                        now(),
                        Instant.MIN));
    }

    @Test
    void an_overwrite_keeps_the_beginning_and_the_labels() {
        put(CACHE, "a", "1");
        label("a", LABELS);
        var began = now();
        fixture.clock().advance(Duration.ofMinutes(1));

        put(CACHE, "a", "22");

        var row = row("a");
        assertThat(row.created()).isEqualTo(began);
        assertThat(row.updated()).isEqualTo(now());
        assertThat(row.size()).isEqualTo(2);
        assertThat(row.labels()).isEqualTo(LABELS);
        assertThat(row.labelled()).isEqualTo(began);
    }

    @Test
    void a_key_that_was_deleted_begins_anew_without_labels() {
        put(CACHE, "a", "1");
        label("a", LABELS);
        fixture.engine().keyValue(CACHE).delete(A);
        assertThat(catalogue().find(CACHE, List.of(A))).isEmpty();
        fixture.clock().advance(Duration.ofMinutes(1));

        put(CACHE, "a", "2");

        assertThat(row("a").created()).isEqualTo(now());
        assertThat(row("a").labels()).isEqualTo(KeyLabels.NONE);
    }

    @Test
    void a_key_that_has_expired_is_not_known_and_begins_anew() {
        var entry = KvEntry.of("1").expiring(Expiry.at(fixture.clock().in(Duration.ofMinutes(1))));
        fixture.engine().keyValue(CACHE).put(A, entry, KvCondition.ANY);
        label("a", LABELS);
        fixture.clock().advance(Duration.ofMinutes(1));

        assertThat(catalogue().find(CACHE, List.of(A))).isEmpty();
        assertThat(names(everything())).isEmpty();
        assertThat(catalogue().label(CACHE, Map.of(A, LABELS))).containsExactly(A);
        put(CACHE, "a", "2");

        assertThat(row("a").created()).isEqualTo(now());
        assertThat(row("a").labels()).isEqualTo(KeyLabels.NONE);
    }

    @Test
    void many_writes_at_once_are_known_too() {
        var pairs = IntStream.range(0, 100)
                .mapToObj(i -> new KvPair(KvKey.of("k" + i), KvEntry.of("v")))
                .toList();

        fixture.engine().keyValue(CACHE).putMany(pairs);
        assertThat(catalogue().search(everything()).total()).isEqualTo(100);
        assertThat(catalogue().totals(CACHE).keys()).isEqualTo(100);

        fixture.engine()
                .keyValue(CACHE)
                .deleteMany(pairs.stream().map(KvPair::key).toList());
        assertThat(catalogue().search(everything()).total()).isZero();
        assertThat(catalogue().totals(CACHE)).isEqualTo(NamespaceTotals.EMPTY);
    }

    @Test
    void labels_of_a_key_that_is_not_there_are_refused() {
        put(CACHE, "a", "1");

        assertThat(catalogue().label(CACHE, Map.of(A, LABELS, B, LABELS))).containsExactly(B);

        assertThat(row("a").labels()).isEqualTo(LABELS);
        assertThat(catalogue().find(CACHE, List.of(B))).isEmpty();
    }

    @Test
    void labels_can_be_taken_away() {
        put(CACHE, "a", "1");
        label("a", LABELS);

        label("a", KeyLabels.NONE);

        assertThat(row("a").labels()).isEqualTo(KeyLabels.NONE);
    }

    @Test
    void a_substring_is_found_literally_and_with_its_case() {
        for (var name : List.of("user:1", "USER:1", "u%r", "u_r", "uXr", "\u00E9\uD83D\uDE00", "[a-z]", "a*b")) {
            put(CACHE, name, "v");
        }

        assertThat(found("ser:")).containsExactly("user:1");
        assertThat(found("SER")).containsExactly("USER:1");
        assertThat(found("%")).containsExactly("u%r");
        assertThat(found("u_")).containsExactly("u_r");
        assertThat(found("\uD83D\uDE00")).containsExactly("\u00E9\uD83D\uDE00");
        assertThat(found("[a-")).containsExactly("[a-z]");
        assertThat(found("*")).containsExactly("a*b");
        assertThat(found("nothing")).isEmpty();
    }

    @Test
    void a_text_is_meant_as_it_is_said() {
        List.of("log-1", "log-22", "blog-1", "log").forEach(name -> put(CACHE, name, "v"));

        assertThat(found(TextMatch.Kind.PREFIX, "log")).containsExactlyInAnyOrder("log-1", "log-22", "log");
        assertThat(found(TextMatch.Kind.GLOB, "*og-?")).containsExactlyInAnyOrder("log-1", "blog-1");
        assertThat(found(TextMatch.Kind.REGEX, "^log-[0-9]+$")).containsExactlyInAnyOrder("log-1", "log-22");
    }

    @Test
    void tags_and_custom_metadata_are_looked_in_when_asked() {
        List.of("a", "b", "red").forEach(name -> put(CACHE, name, "v"));
        label("a", LABELS);

        assertThat(names(search(filter(new TextMatch(
                        TextMatch.Kind.SUBSTRING, "red", Set.of(TextMatch.Place.NAME, TextMatch.Place.TAGS))))))
                .containsExactlyInAnyOrder("a", "red");
        assertThat(names(search(
                        filter(new TextMatch(TextMatch.Kind.SUBSTRING, "ann", Set.of(TextMatch.Place.METADATA))))))
                .containsExactly("a");
        assertThat(names(search(fields(new FieldMatch(List.of("owner"), "ann")))))
                .containsExactly("a");
        assertThat(names(search(fields(new FieldMatch(List.of("n"), "7"))))).containsExactly("a");
        assertThat(names(search(fields(new FieldMatch(List.of("owner"), "bob")))))
                .isEmpty();
    }

    @Test
    void tags_match_any_or_all_or_none() {
        List.of("a", "b", "c").forEach(name -> put(CACHE, name, "v"));
        label("a", LABELS);
        label("b", KeyLabels.NONE.tagged(List.of(new KeyTag("red"))));

        assertThat(tagged(TagMatch.Mode.ANY, "red", "green")).containsExactlyInAnyOrder("a", "b");
        assertThat(tagged(TagMatch.Mode.ALL, "red", "blue")).containsExactly("a");
        assertThat(tagged(TagMatch.Mode.NONE, "blue")).containsExactlyInAnyOrder("b", "c");
        assertThat(tagged(TagMatch.Mode.ANY, "re")).isEmpty();
    }

    @Test
    void sizes_moments_and_lifetimes_are_bounds() {
        put(CACHE, "a", "1");
        fixture.clock().advance(Duration.ofMinutes(1));
        var later = now();
        var ends = fixture.clock().in(Duration.ofHours(1));
        fixture.engine().keyValue(CACHE).put(B, KvEntry.of("four").expiring(Expiry.at(ends)), KvCondition.ANY);
        var every = KeyFilter.EVERY;

        assertThat(names(search(new KeyFilter(
                        List.of(),
                        TagMatch.EVERY,
                        List.of(),
                        new KeyFilter.Sizes(2, 4),
                        every.created(),
                        every.updated(),
                        every.expires(),
                        every.lifetime()))))
                .containsExactly("b");
        assertThat(names(search(moments(KeyFilter.Span.since(later), every.updated()))))
                .containsExactly("b");
        assertThat(names(search(moments(every.created(), KeyFilter.Span.before(later)))))
                .containsExactly("a");
        assertThat(names(search(every.expiring(KeyFilter.Span.before(ends.plusSeconds(1))))))
                .containsExactly("b");
        assertThat(names(search(every.expiring(KeyFilter.Span.before(ends))))).isEmpty();
        assertThat(names(search(lifetime(KeyFilter.Lifetime.EXPIRING)))).containsExactly("b");
        assertThat(names(search(lifetime(KeyFilter.Lifetime.LASTING)))).containsExactly("a");
    }

    @Test
    void a_search_reaches_its_areas_only() {
        put(CACHE, "x:1", "v");
        put(CACHE, "y:1", "v");
        put(OTHER, "x:2", "v");

        assertThat(names(search(List.of(KeyArea.all(CACHE), KeyArea.all(OTHER)), KeySearch.Order.NAME)))
                .containsExactly("x:1", "x:2", "y:1");
        assertThat(names(search(List.of(new KeyArea(CACHE, KeyPrefix.of("x:"))), KeySearch.Order.NAME)))
                .containsExactly("x:1");
        assertThat(names(search(List.of(), KeySearch.Order.NAME))).isEmpty();
    }

    @Test
    void keys_come_in_each_order() {
        var end = fixture.clock().in(Duration.ofHours(1));
        fixture.engine().keyValue(CACHE).put(KvKey.of("a"), KvEntry.of("333"), KvCondition.ANY);
        fixture.clock().advance(Duration.ofSeconds(1));
        fixture.engine()
                .keyValue(CACHE)
                .put(KvKey.of("\uD83D\uDE00"), KvEntry.of("1").expiring(Expiry.at(end)), KvCondition.ANY);
        fixture.clock().advance(Duration.ofSeconds(1));
        fixture.engine().keyValue(CACHE).put(KvKey.of("\uFFEE"), KvEntry.of("22"), KvCondition.ANY);

        assertThat(ordered(KeySearch.Order.NEWEST_FIRST)).containsExactly("\uFFEE", "\uD83D\uDE00", "a");
        assertThat(ordered(KeySearch.Order.OLDEST_FIRST)).containsExactly("a", "\uD83D\uDE00", "\uFFEE");
        assertThat(ordered(KeySearch.Order.NAME)).containsExactly("a", "\uFFEE", "\uD83D\uDE00");
        assertThat(ordered(KeySearch.Order.NAME_DESCENDING)).containsExactly("\uD83D\uDE00", "\uFFEE", "a");
        assertThat(ordered(KeySearch.Order.LARGEST_FIRST)).containsExactly("a", "\uFFEE", "\uD83D\uDE00");
        assertThat(ordered(KeySearch.Order.SMALLEST_FIRST)).containsExactly("\uD83D\uDE00", "\uFFEE", "a");
        assertThat(ordered(KeySearch.Order.EXPIRING_FIRST)).startsWith("\uD83D\uDE00");
    }

    @Test
    void pages_of_equal_keys_do_not_repeat_and_tell_the_total() {
        IntStream.range(0, 25).forEach(i -> put(CACHE, "k%02d".formatted(i), "v"));

        var names = new ArrayList<String>();
        for (var offset = 0; offset < 30; offset += 10) {
            var page = catalogue()
                    .search(new KeySearch(
                            List.of(KeyArea.all(CACHE)),
                            KeyFilter.EVERY,
                            KeySearch.Order.NEWEST_FIRST,
                            new Paging(10, offset)));
            assertThat(page.total()).isEqualTo(25);
            page.keys().forEach(row -> names.add(row.key().text()));
        }

        assertThat(names).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void a_level_of_the_tree_has_branches_and_leaves() {
        List.of("a", "a:", "a:1", "a:2:x", "b:1", "c").forEach(name -> put(CACHE, name, "v"));

        var top = catalogue().tree(tree(KeyPrefix.EVERY, Bytes.EMPTY, 10));
        var below = catalogue().tree(tree(KeyPrefix.of("a:"), Bytes.EMPTY, 10));

        assertThat(top.branches())
                .containsExactly(new KeyTree.Branch(KeyPrefix.of("a:"), 3), new KeyTree.Branch(KeyPrefix.of("b:"), 1));
        assertThat(top.leaves()).extracting(row -> row.key().text()).containsExactly("a", "c");
        assertThat(top.next().isEmpty()).isTrue();
        assertThat(below.branches()).containsExactly(new KeyTree.Branch(KeyPrefix.of("a:2:"), 1));
        assertThat(below.leaves()).extracting(row -> row.key().text()).containsExactly("a:", "a:1");
    }

    @Test
    void a_level_of_the_tree_is_paged() {
        List.of("a", "b:1", "b:2", "c", "d:1").forEach(name -> put(CACHE, name, "v"));

        var first = catalogue().tree(tree(KeyPrefix.EVERY, Bytes.EMPTY, 2));
        var second = catalogue().tree(tree(KeyPrefix.EVERY, first.next(), 2));

        assertThat(first.leaves()).extracting(row -> row.key().text()).containsExactly("a");
        assertThat(first.branches()).containsExactly(new KeyTree.Branch(KeyPrefix.of("b:"), 2));
        assertThat(second.leaves()).extracting(row -> row.key().text()).containsExactly("c");
        assertThat(second.branches()).containsExactly(new KeyTree.Branch(KeyPrefix.of("d:"), 1));
        assertThat(second.next().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(KeySearch.Order.class)
    void a_search_goes_on_behind_a_key_in_each_order(KeySearch.Order order) {
        for (var key : List.of("a", "b", "c", "d", "e")) {
            put(CACHE, key, "x".repeat(key.charAt(0) % 3));
            fixture.clock().advance(Duration.ofSeconds(1));
        }
        var areas = List.of(KeyArea.all(CACHE));
        var all = catalogue()
                .search(new KeySearch(areas, KeyFilter.EVERY, order, Paging.first(10)))
                .keys();

        var walked = new ArrayList<>(all.subList(0, 2));
        while (walked.size() < all.size()) {
            var start = new KeySearch.Start.After(walked.getLast());
            var page = catalogue().search(new KeySearch(areas, KeyFilter.EVERY, order, Paging.first(2), start));
            assertThat(page.total()).isEqualTo(5);
            assertThat(page.keys()).isNotEmpty();
            walked.addAll(page.keys());
        }

        assertThat(walked).isEqualTo(all);
    }

    @Test
    void the_keys_with_a_colour_are_told_and_the_colour_goes_with_the_key() {
        put(CACHE, "red", "1");
        put(CACHE, "none", "2");
        put(CACHE, "gone", "3");
        put(CACHE, "plain", "4");
        catalogue()
                .label(
                        CACHE,
                        Map.of(
                                KvKey.of("red"), KeyLabels.NONE.colored("red"),
                                KvKey.of("gone"), KeyLabels.NONE.colored("blue"),
                                KvKey.of("none"), KeyLabels.NONE.colored("")));
        fixture.engine().keyValue(CACHE).delete(KvKey.of("gone"));

        assertThat(catalogue().colors(CACHE)).isEqualTo(Map.of(KvKey.of("red"), "red"));
    }

    @Test
    void the_first_write_is_known_from_when_there_is_one() {
        assertThat(catalogue().firstWritten(CACHE)).isEmpty();
        var first = now();
        put(CACHE, "a", "1");
        fixture.clock().advance(Duration.ofSeconds(5));
        put(CACHE, "b", "1");
        put(CACHE, "a", "2");

        assertThat(catalogue().firstWritten(CACHE)).contains(first);
    }

    @Test
    void totals_and_statistics_count_live_keys() {
        put(CACHE, "a:1", "1");
        put(CACHE, "a:2", "22");
        put(CACHE, "b:1", "333");
        put(CACHE, "lone", "4444");
        expiring("soon", Duration.ofSeconds(90));
        expiring("today", Duration.ofHours(3));
        expiring("later", Duration.ofDays(90));
        expiring("gone", Duration.ofSeconds(60));
        fixture.clock().advance(Duration.ofSeconds(60));

        assertThat(catalogue().totals(CACHE))
                .isEqualTo(new NamespaceTotals(7, 1 + 2 + 3 + 4 + 3, 3, now().minusSeconds(60)));
        assertThat(catalogue().totals(KeyArea.all(CACHE))).isEqualTo(catalogue().totals(CACHE));
        assertThat(catalogue().totals(new KeyArea(CACHE, KeyPrefix.of("a:"))))
                .isEqualTo(new NamespaceTotals(2, 3, 0, now().minusSeconds(60)));
        assertThat(catalogue().totals(new KeyArea(CACHE, KeyPrefix.of("t"))).expiring())
                .isEqualTo(1);
        assertThat(catalogue().totals(new KeyArea(CACHE, KeyPrefix.of("x")))).isEqualTo(NamespaceTotals.EMPTY);
        var statistics = catalogue().statistics(CACHE, ":");
        assertThat(statistics.totals()).isEqualTo(catalogue().totals(CACHE));
        assertThat(statistics.lifetimes())
                .isEqualTo(Map.of(
                        NamespaceStatistics.Lifetime.MINUTE, 1L,
                        NamespaceStatistics.Lifetime.HOUR, 0L,
                        NamespaceStatistics.Lifetime.DAY, 1L,
                        NamespaceStatistics.Lifetime.WEEK, 0L,
                        NamespaceStatistics.Lifetime.MONTH, 0L,
                        NamespaceStatistics.Lifetime.LATER, 1L,
                        NamespaceStatistics.Lifetime.NEVER, 4L));
        assertThat(statistics.largest()).extracting(row -> row.key().text()).startsWith("lone", "b:1", "a:2");
        assertThat(statistics.prefixes())
                .containsExactly(
                        new NamespaceStatistics.Prefix(KeyPrefix.of("a:"), 2, 3),
                        new NamespaceStatistics.Prefix(KeyPrefix.of("b:"), 1, 3));
    }

    @Test
    void a_namespace_that_is_renamed_keeps_what_is_known_and_one_that_is_dropped_does_not() {
        put(CACHE, "a", "v");
        label("a", LABELS);
        var id = fixture.engine().resources().find(CACHE).orElseThrow().id();
        var title = new NamespaceTitle("RENAMED");

        fixture.engine().resources().rename(id, title);
        assertThat(only(catalogue().find(title, List.of(A))).labels()).isEqualTo(LABELS);

        fixture.engine().resources().drop(id);
        fixture.engine().resources().create(title);
        put(title, "a", "v");
        assertThat(only(catalogue().find(title, List.of(A))).labels()).isEqualTo(KeyLabels.NONE);
    }

    @Test
    void of_a_namespace_that_does_not_exist_nothing_can_be_asked() {
        var unknown = new NamespaceTitle("UNKNOWN");

        for (var call : List.<Runnable>of(
                () -> catalogue().find(unknown, List.of(A)),
                () -> catalogue().label(unknown, Map.of(A, LABELS)),
                () -> catalogue().totals(unknown),
                () -> catalogue().statistics(unknown, ":"))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            StorageFailure.Rejected.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
        }
    }

    @Test
    void a_unit_sees_its_own_keys_and_labels_and_leaves_none_when_it_throws() {
        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.keyValue(CACHE).put(A, KvEntry.of("v"), KvCondition.ANY);
                    inner.tables().keyCatalogue().label(CACHE, Map.of(A, LABELS));
                    assertThat(only(inner.tables().keyCatalogue().find(CACHE, List.of(A)))
                                    .labels())
                            .isEqualTo(LABELS);
                    assertThat(inner.tables()
                                    .keyCatalogue()
                                    .search(everything())
                                    .total())
                            .isEqualTo(1);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(catalogue().search(everything()).total()).isZero();
        put(CACHE, "a", "v");
        assertThat(row("a").labels()).isEqualTo(KeyLabels.NONE);
    }

    private void put(NamespaceTitle namespace, String key, String value) {
        fixture.engine().keyValue(namespace).put(KvKey.of(key), KvEntry.of(value), KvCondition.ANY);
    }

    private void expiring(String key, Duration lifetime) {
        var entry = KvEntry.of("v").expiring(Expiry.at(fixture.clock().in(lifetime)));
        fixture.engine().keyValue(CACHE).put(KvKey.of(key), entry, KvCondition.ANY);
    }

    private void label(String key, KeyLabels labels) {
        assertThat(catalogue().label(CACHE, Map.of(KvKey.of(key), labels))).isEmpty();
    }

    private KeyRecord row(String key) {
        return only(catalogue().find(CACHE, List.of(KvKey.of(key))));
    }

    private static KeyRecord only(Map<KvKey, KeyRecord> rows) {
        assertThat(rows).hasSize(1);
        return rows.values().iterator().next();
    }

    private List<String> found(String text) {
        return found(TextMatch.Kind.SUBSTRING, text);
    }

    private List<String> found(TextMatch.Kind kind, String text) {
        return names(search(filter(new TextMatch(kind, text, Set.of(TextMatch.Place.NAME)))));
    }

    private List<String> tagged(TagMatch.Mode mode, String... tags) {
        var wanted = List.of(tags).stream().map(KeyTag::new).collect(java.util.stream.Collectors.toSet());
        return names(search(KeyFilter.EVERY.tagged(new TagMatch(mode, wanted))));
    }

    private List<String> ordered(KeySearch.Order order) {
        return names(search(List.of(KeyArea.all(CACHE)), order));
    }

    private List<String> names(KeySearch search) {
        return catalogue().search(search).keys().stream()
                .map(row -> row.key().text())
                .toList();
    }

    private static KeySearch everything() {
        return search(KeyFilter.EVERY);
    }

    private static KeySearch search(KeyFilter filter) {
        return new KeySearch(List.of(KeyArea.all(CACHE)), filter, KeySearch.Order.NEWEST_FIRST, Paging.first(1_000));
    }

    private static KeySearch search(List<KeyArea> areas, KeySearch.Order order) {
        return new KeySearch(areas, KeyFilter.EVERY, order, Paging.first(1_000));
    }

    private static KeyFilter filter(TextMatch text) {
        return KeyFilter.of(text);
    }

    private static KeyFilter fields(FieldMatch field) {
        var every = KeyFilter.EVERY;
        return new KeyFilter(
                List.of(),
                every.tags(),
                List.of(field),
                every.sizes(),
                every.created(),
                every.updated(),
                every.expires(),
                every.lifetime());
    }

    private static KeyFilter moments(KeyFilter.Span created, KeyFilter.Span updated) {
        var every = KeyFilter.EVERY;
        return new KeyFilter(
                List.of(), every.tags(), List.of(), every.sizes(), created, updated, every.expires(), every.lifetime());
    }

    private static KeyFilter lifetime(KeyFilter.Lifetime lifetime) {
        var every = KeyFilter.EVERY;
        return new KeyFilter(
                List.of(),
                every.tags(),
                List.of(),
                every.sizes(),
                every.created(),
                every.updated(),
                every.expires(),
                lifetime);
    }

    private static KeyTree.Query tree(KeyPrefix prefix, Bytes from, int limit) {
        return new KeyTree.Query(new KeyArea(CACHE, prefix), ":", from, limit);
    }

    private Instant now() {
        return fixture.clock().instant();
    }

    private KeyCatalogue catalogue() {
        return fixture.engine().tables().keyCatalogue();
    }
}
