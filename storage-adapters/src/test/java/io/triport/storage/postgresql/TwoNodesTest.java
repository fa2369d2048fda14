package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvStart;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.NamespaceTotals;
import io.triport.storage.table.TestRepositories;
import io.triport.testkit.AtOnce;
import io.triport.testkit.Remaining;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TwoNodesTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final CredentialId OWNER = new CredentialId("prod-app");
    private static final KvKey KEY = KvKey.of("a");

    private TwoNodes nodes;

    @BeforeEach
    void open() {
        nodes = new TwoNodes();
        nodes.engine().resources().create(CACHE);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void of_200_claims_of_one_mark_on_both_nodes_one_is_fresh() {
        var now = nodes.clock().instant();
        var ledgers = List.of(nodes.one().nonces(), nodes.other().nonces());
        for (var round = 0; round < 20; round++) {
            var mark = Bytes.utf8("0123456789abcdef-" + round);

            var claims = AtOnce.run(
                    200, caller -> () -> ledgers.get(caller % 2).claim(OWNER, mark, now, now.plusSeconds(180)));

            assertThat(claims).filteredOn(NonceClaim.Fresh.class::isInstance).hasSize(1);
            assertThat(claims).filteredOn(NonceClaim.Spent.class::isInstance).hasSize(199);
        }
    }

    @Test
    void both_nodes_forget_at_once_what_each_need_not_remember() {
        var now = nodes.clock().instant();
        IntStream.range(0, 300)
                .forEach(i -> nodes.one().nonces().claim(OWNER, Bytes.utf8("0123456789abcdef-" + i), now, now));

        var forgotten = AtOnce.run(
                2,
                caller -> () ->
                        List.of(nodes.one(), nodes.other()).get(caller).nonces().forget(now));

        assertThat(forgotten.getFirst() + forgotten.getLast()).isEqualTo(300);
    }

    @Test
    void a_cursor_of_one_node_is_good_on_the_other() {
        nodes.engine()
                .keyValue(CACHE)
                .putMany(IntStream.range(0, 5)
                        .mapToObj(i -> new KvPair(KvKey.of("k" + i), KvEntry.of("v")))
                        .toList());
        var query = KvQuery.all().limitedTo(3);

        var first = (KvPage.More) nodes.one().engine().keyValue(CACHE).list(query);
        var second = nodes.other().engine().keyValue(CACHE).list(query.from(new KvStart.At(first.next())));

        assertThat(second.keys()).extracting(row -> row.key().text()).containsExactly("k3", "k4");
    }

    @Test
    void of_many_charges_on_both_nodes_exactly_as_many_succeed_as_there_is_room_for() {
        var limit = new RateLimit(40, Duration.ofMinutes(1), 40, LimitScope.SHARED);
        var limiters = List.of(nodes.one().limiter(), nodes.other().limiter());

        var admissions =
                AtOnce.run(100, caller -> () -> limiters.get(caller % 2).take(List.of(new Charge("a", limit, 1))));

        assertThat(admissions).filteredOn(Admission.Taken.class::isInstance).hasSize(40);
    }

    @Test
    void a_bucket_that_is_full_again_gives_its_row_back() {
        var limit = new RateLimit(10, Duration.ofSeconds(1), 10, LimitScope.SHARED);
        nodes.one().limiter().take(List.of(new Charge("a", limit, 10)));
        nodes.clock().advance(Duration.ofMillis(999));
        nodes.engine().resources().reclaim(1);
        assertThat(nodes.other().limiter().take(List.of(new Charge("a", limit, 10))))
                .isInstanceOf(Admission.Exhausted.class);
        nodes.clock().advance(Duration.ofSeconds(1));

        nodes.engine().resources().reclaim(1);

        assertThat(nodes.rows("rate_bucket")).isZero();
        assertThat(Remaining.of(nodes.other().limiter().take(List.of(new Charge("a", limit, 10)))))
                .isEqualTo(0);
    }

    @Test
    void a_limit_that_was_changed_keeps_the_share_that_was_taken() {
        var before = new RateLimit(100, Duration.ofHours(1), 100, LimitScope.SHARED);
        var after = new RateLimit(10, Duration.ofHours(1), 10, LimitScope.SHARED);
        nodes.one().limiter().take(List.of(new Charge("a", before, 50)));

        assertThat(Remaining.of(nodes.other().limiter().take(List.of(new Charge("a", after, 1)))))
                .isEqualTo(4);
    }

    @Test
    void a_node_whose_clock_was_far_ahead_does_not_keep_a_bucket_empty() {
        var limit = new RateLimit(10, Duration.ofSeconds(1), 10, LimitScope.SHARED);
        nodes.clock().advance(Duration.ofHours(1));
        nodes.one().limiter().take(List.of(new Charge("a", limit, 10)));

        nodes.clock().advance(Duration.ofHours(-1));

        assertThat(Remaining.of(nodes.other().limiter().take(List.of(new Charge("a", limit, 10)))))
                .isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource
    void every_algorithm_counts_what_both_nodes_take(LimitAlgorithm algorithm) {
        var limit = RateLimit.of(algorithm, 30, Duration.ofHours(1), LimitScope.SHARED);
        var limiters = List.of(nodes.one().limiter(), nodes.other().limiter());

        var admissions =
                AtOnce.run(60, caller -> () -> limiters.get(caller % 2).take(List.of(new Charge("a", limit, 1))));

        assertThat(admissions).filteredOn(Admission.Taken.class::isInstance).hasSize(30);
    }

    @Test
    void nodes_are_counted_until_they_are_silent_for_too_long() {
        var silence = Duration.ofSeconds(15);
        assertThat(nodes.one().limiter().nodes("one", silence)).isEqualTo(1);
        assertThat(nodes.other().limiter().nodes("other", silence)).isEqualTo(2);
        assertThat(nodes.one().limiter().nodes("one", silence)).isEqualTo(2);

        nodes.clock().advance(Duration.ofSeconds(16));

        assertThat(nodes.one().limiter().nodes("one", silence)).isEqualTo(1);
    }

    @Test
    void the_other_node_sees_a_credential_and_that_something_changed() {
        var revision = nodes.other().credentials().revision();

        var saved = new StoredCredential(OWNER, Bytes.utf8("sealed"));
        nodes.one().credentials().save(saved);

        assertThat(nodes.other().credentials().revision()).isNotEqualTo(revision);
        assertThat(nodes.other().credentials().find(OWNER)).contains(saved);
    }

    @Test
    void the_versions_of_a_key_grow_in_the_order_of_its_puts_while_it_is_deleted_and_made_again() {
        var time = new AtomicLong();

        var puts = AtOnce.run(8, caller -> () -> {
                    var own = new ArrayList<Timed>();
                    for (var i = 0; i < 100; i++) {
                        var called = time.incrementAndGet();
                        var put = nodes.engine().keyValue(CACHE).put(KEY, KvEntry.of("v"), KvCondition.ANY);
                        own.add(new Timed(
                                called,
                                time.incrementAndGet(),
                                ((KvPut.Stored) put).version().number()));
                        nodes.engine().keyValue(CACHE).delete(KEY);
                    }
                    return own;
                })
                .stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Timed::version))
                .toList();

        // Of puts that did not overlap the later one has the greater version: by version, none ends before an earlier
        // began.
        var latestCall = 0L;
        for (var put : puts) {
            assertThat(put.returned()).isGreaterThan(latestCall);
            latestCall = Math.max(latestCall, put.called());
        }
        assertThat(puts).extracting(Timed::version).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "getMany", "find"})
    void a_put_beside_a_unit_waits_for_a_key_that_the_unit_has_read_and_is_not_lost(String how) throws Exception {
        nodes.one().engine().keyValue(CACHE).put(KEY, KvEntry.of("before"), KvCondition.ANY);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var put = nodes.one().engine(TestRepositories::get).together(unit -> {
                var store = unit.keyValue(CACHE);
                read(unit, how);
                var competitor = executor.submit(() ->
                        nodes.other().engine().keyValue(CACHE).put(KEY, KvEntry.of("acknowledged"), KvCondition.ANY));
                assertThat(Patience.until(() -> competitor.isDone() || nodes.someoneWaits()))
                        .isTrue();
                store.putMany(List.of(new KvPair(KEY, store.get(KEY).orElseThrow())));
                return competitor;
            });
            put.get();
        }

        assertThat(nodes.one().engine().keyValue(CACHE).get(KEY).orElseThrow().value())
                .isEqualTo(Bytes.utf8("acknowledged"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "getMany", "find"})
    void a_put_beside_a_unit_waits_for_a_key_that_the_unit_has_not_found(String how) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var put = nodes.one().engine(TestRepositories::get).together(unit -> {
                read(unit, how);
                var competitor = executor.submit(() ->
                        nodes.other().engine().keyValue(CACHE).put(KEY, KvEntry.of("acknowledged"), KvCondition.ANY));
                assertThat(Patience.until(() -> competitor.isDone() || nodes.someoneWaits()))
                        .isTrue();
                assertThat(unit.keyValue(CACHE).get(KEY)).isEmpty();
                return competitor;
            });

            assertThat(put.get()).isInstanceOf(KvPut.Stored.class);
        }
        assertThat(nodes.one().engine().keyValue(CACHE).list(KvQuery.all()).keys())
                .hasSize(1);
    }

    @Test
    void what_a_unit_has_not_found_is_nowhere_to_be_seen_and_its_place_is_given_back() {
        var engine = nodes.one().engine(TestRepositories::get);
        engine.together(unit -> unit.keyValue(CACHE).get(KEY));

        assertThat(engine.keyValue(CACHE).get(KEY)).isEmpty();
        assertThat(engine.keyValue(CACHE).list(KvQuery.all()).keys()).isEmpty();
        assertThat(engine.keyValue(CACHE).delete(KEY)).isFalse();
        engine.together(unit -> unit.keyValue(CACHE).get(KEY));
        assertThat(engine.tables().keyCatalogue().totals(CACHE)).isEqualTo(NamespaceTotals.EMPTY);
        assertThat(engine.tables().keyCatalogue().firstWritten(CACHE)).isEmpty();
        assertThat(engine.resources().reclaim(10)).isEqualTo(1);
        assertThat(nodes.rows("kv_entry")).isZero();
    }

    private static void read(StorageEngine unit, String how) {
        switch (how) {
            case "get" -> unit.keyValue(CACHE).get(KEY);
            case "getMany" -> unit.keyValue(CACHE).getMany(List.of(KvKey.of("b"), KEY), KvRead.FRESH);
            default -> unit.tables().keyCatalogue().find(CACHE, List.of(KvKey.of("b"), KEY));
        }
    }

    @Test
    void a_put_that_waits_while_its_key_is_written_and_deleted_gets_a_later_version() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new AtomicReference<Future<KvPut>>();

            var written = nodes.one().engine().together(unit -> {
                var store = unit.keyValue(CACHE);
                store.put(KEY, KvEntry.of("first"), KvCondition.ANY);
                waiting.set(executor.submit(
                        () -> nodes.other().engine().keyValue(CACHE).put(KEY, KvEntry.of("waits"), KvCondition.ANY)));
                assertThat(Patience.until(nodes::someoneWaits)).isTrue();
                var again = store.put(KEY, KvEntry.of("second"), KvCondition.ANY);
                store.delete(KEY);
                return ((KvPut.Stored) again).version();
            });

            var late = (KvPut.Stored) waiting.get().get();
            assertThat(late.version()).isGreaterThan(written);
        }
    }

    @Test
    void bulk_calls_on_the_same_keys_in_any_order_do_not_wait_in_a_circle() {
        var ascending = IntStream.range(0, 200)
                .mapToObj(i -> KvKey.of("k%03d".formatted(i)))
                .toList();
        var orders = List.of(ascending, ascending.reversed());

        var outcomes = AtOnce.run(8, caller -> () -> {
            var keys = orders.get(caller % 2);
            var store = nodes.engine().keyValue(CACHE);
            var done = 0;
            for (var i = 0; i < 10; i++) {
                done += caller % 4 < 2
                        ? store.putMany(keys.stream()
                                        .map(key -> new KvPair(key, KvEntry.of("v")))
                                        .toList())
                                .done()
                        : store.deleteMany(keys).done();
            }
            return done;
        });

        assertThat(outcomes).containsOnly(2_000);
    }

    @Test
    void a_namespace_that_was_dropped_leaves_no_rows_in_the_end() {
        nodes.one().engine().keyValue(CACHE).put(KEY, KvEntry.of("v"), KvCondition.ANY);
        var catalogue = nodes.engine().resources();
        catalogue.drop(catalogue.find(CACHE).orElseThrow().id());

        assertThat(catalogue.reclaim(10)).isEqualTo(1);
        nodes.clock().advance(Duration.ofHours(1));
        assertThat(catalogue.reclaim(10)).isZero();

        assertThat(nodes.rows("kv_entry")).isZero();
        assertThat(nodes.rows("namespace")).isZero();
    }

    /** @param called and @param returned on a clock of all callers */
    private record Timed(long called, long returned, long version) {}
}
