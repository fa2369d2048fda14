package io.triport.storage.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.RemoteAccount;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.IndexedKeys;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.Paging;
import io.triport.storage.memory.Memory;
import io.triport.testkit.SeededRandomness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccountTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey A = KvKey.of("a");
    private static final Duration HOUR = Duration.ofHours(1);

    private final AccountFixture fixture = new AccountFixture();

    @BeforeEach
    void make() {
        fixture.engine().resources().create(CACHE);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private KeyValueStore store() {
        return fixture.engine().keyValue(CACHE);
    }

    private KeyValueStore there() {
        return fixture.server().engine().keyValue(CACHE);
    }

    private void putThere(KvKey key, KvEntry entry) {
        there().put(key, entry, KvCondition.ANY);
    }

    private void put(KvKey key, String value) {
        store().put(key, KvEntry.of(value), KvCondition.ANY);
    }

    private List<String> operations() {
        return fixture.engine().tables().auditTrail().page(AuditQuery.all(Paging.first(10))).stream()
                .map(row -> row.entry().operation())
                .toList();
    }

    private static void assertFails(FailureCode code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void what_is_written_here_is_there_whole() {
        var entry = KvEntry.of(Bytes.parseHex("00ff80"))
                .with(KvMetadata.of("{\"n\":1.50,\"big\":12345678901234567890}"))
                .expiring(Expiry.at(fixture.clock().in(HOUR)));

        store().put(KvKey.of("../a%2Fb//c/ \u20AC"), entry, KvCondition.ANY);

        var found = there().get(KvKey.of("../a%2Fb//c/ \u20AC")).orElseThrow();
        assertThat(found.value()).isEqualTo(entry.value());
        assertThat(found.metadata()).isEqualTo(entry.metadata());
        assertThat(found.expiry()).isEqualTo(entry.expiry());
        assertThat(fixture.local().tables().settings().list(Change.DOCUMENTS)).isEmpty();
    }

    @Test
    void what_is_written_there_is_read_here_and_its_version_tells_it_from_what_was() {
        put(A, "mine");
        var before = store().get(A).orElseThrow();
        putThere(A, KvEntry.of("theirs").with(KvMetadata.of("[1]")));

        var late = store().put(A, KvEntry.of("late"), KvCondition.ifVersion(before.version()));

        assertThat(late).isInstanceOf(io.triport.domain.keyvalue.KvPut.Refused.class);
        assertThat(store().get(A).orElseThrow().value().toUtf8()).isEqualTo("theirs");
        there().delete(A);
        assertThat(store().get(A)).isEmpty();
    }

    @Test
    void many_keys_are_read_in_one_call_and_those_that_are_no_text_by_themselves() {
        putThere(KvKey.of("text"), KvEntry.of("t"));
        putThere(KvKey.of("bytes"), KvEntry.of(Bytes.parseHex("fe00")));

        var found = store().getMany(List.of(KvKey.of("text"), KvKey.of("bytes"), KvKey.of("none")), KvRead.FRESH);

        assertThat(found).containsOnlyKeys(KvKey.of("text"), KvKey.of("bytes"));
        assertThat(found)
                .extractingByKey(KvKey.of("bytes"))
                .extracting(KvEntry::value)
                .isEqualTo(Bytes.parseHex("fe00"));
        assertThat(fixture.server().calls())
                .filteredOn(call -> call.startsWith("GET") && call.contains("/values/"))
                .singleElement()
                .asString()
                .endsWith("/values/bytes");
    }

    @Test
    void values_that_are_too_much_for_one_answer_are_read_in_parts() {
        var keys = IntStream.range(0, 4).mapToObj(i -> KvKey.of("k" + i)).toList();
        keys.forEach(key -> putThere(key, KvEntry.of("x".repeat(9_000_000))));

        var found = fixture.engine().tables().keyCatalogue().find(CACHE, keys);

        assertThat(found).containsOnlyKeys(keys);
        assertThat(found.values()).extracting(KeyRecord::size).containsOnly(9_000_000L);
    }

    @Test
    void a_unit_commits_here_first_and_is_one_call_there() {
        putThere(A, KvEntry.of("old"));

        fixture.engine().together(unit -> {
            assertThat(unit.keyValue(CACHE).get(A).orElseThrow().value().toUtf8())
                    .isEqualTo("old");
            return unit.keyValue(CACHE)
                    .putMany(IntStream.range(0, 50)
                            .mapToObj(i -> new KvPair(KvKey.of("k" + i), KvEntry.of("v" + i)))
                            .toList());
        });

        assertThat(fixture.server().calls())
                .filteredOn(call -> call.startsWith("PUT"))
                .hasSize(1);
        assertThat(there().list(KvQuery.all()).keys()).hasSize(51);
    }

    @Test
    void who_is_sent_away_comes_back_when_he_is_told_to() {
        fixture.server()
                .fail(new AccountServer.Fault(
                        "PUT", 429, Map.of("Retry-After", "7"), AccountServer.Fault.When.INSTEAD));
        fixture.server().fail("PUT", 503, 1);

        put(A, "v");

        assertThat(there().get(A)).isPresent();
        assertThat(fixture.pauses()).hasSize(2);
        assertThat(fixture.pauses().getFirst()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_200));
        assertThat(fixture.pauses().get(1)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void who_is_to_come_back_later_than_anybody_waits_is_told_so() {
        fixture.server()
                .fail(new AccountServer.Fault(
                        "/values/", 429, Map.of("Retry-After", "300"), AccountServer.Fault.When.INSTEAD));

        assertFails(FailureCode.OVERLOADED, () -> store().get(A));

        assertThat(fixture.pauses()).isEmpty();
    }

    @Test
    void a_call_that_fails_is_made_twice_in_all() {
        fixture.server().fail("/values/", 503, 2);

        assertFails(FailureCode.UNAVAILABLE, () -> store().get(A));

        assertThat(fixture.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(1)));
        assertThat(store().get(A)).isEmpty();
    }

    @Test
    void an_account_where_nobody_listens_is_known_at_once() {
        put(A, "v");
        fixture.server().close();

        assertFails(FailureCode.UNAVAILABLE, () -> store().get(A));
        assertFails(FailureCode.OUTCOME_UNKNOWN, () -> put(A, "kept here"));

        assertThat(fixture.pauses()).isEmpty();
    }

    @Test
    void an_answer_that_was_lost_is_asked_for_again_with_one_effect() {
        fixture.server().fail(new AccountServer.Fault("PUT", 500, Map.of(), AccountServer.Fault.When.AFTER));

        put(A, "v");

        assertThat(there().get(A).orElseThrow().value().toUtf8()).isEqualTo("v");
    }

    @Test
    void a_change_that_cannot_be_brought_there_is_kept_and_brought_later_with_a_line_in_the_audit() {
        put(A, "first");
        fixture.server().fail("PUT", 503, 2);

        assertFails(FailureCode.OUTCOME_UNKNOWN, () -> put(A, "second"));
        assertThat(there().get(A).orElseThrow().value().toUtf8()).isEqualTo("first");
        fixture.engine().resources().reclaim(10);

        assertThat(there().get(A).orElseThrow().value().toUtf8()).isEqualTo("second");
        assertThat(operations()).containsExactly("account_reached_late");
        assertThat(fixture.local().tables().settings().list(Change.DOCUMENTS)).isEmpty();
    }

    @Test
    void a_read_of_what_was_not_brought_there_brings_it_first() {
        put(A, "first");
        fixture.server().fail("PUT", 503, 2);
        assertFails(FailureCode.OUTCOME_UNKNOWN, () -> put(A, "second"));

        assertThat(store().get(A).orElseThrow().value().toUtf8()).isEqualTo("second");
        assertThat(there().get(A).orElseThrow().value().toUtf8()).isEqualTo("second");
    }

    @Test
    void what_a_process_left_behind_that_died_is_finished_by_the_next_one() {
        put(KvKey.of("gone"), "v");
        fixture.server().fail("DELETE", 503, 2);
        assertFails(FailureCode.OUTCOME_UNKNOWN, () -> store().delete(KvKey.of("gone")));

        fixture.reopen();
        fixture.engine().resources().reclaim(10);

        assertThat(there().get(KvKey.of("gone"))).isEmpty();
        assertThat(operations()).containsExactly("account_reached_late");
    }

    @Test
    void what_the_account_refuses_is_not_so_here_either_and_the_audit_says_it() {
        put(A, "first");
        fixture.server().fail("PUT", 400, 1);

        assertFails(FailureCode.BAD_REQUEST, () -> put(A, "second"));

        assertThat(fixture.local().keyValue(CACHE).get(A).orElseThrow().value().toUtf8())
                .isEqualTo("first");
        assertThat(operations()).containsExactly("account_refused");
    }

    @Test
    void a_wrong_token_is_told_apart_and_never_told() {
        fixture.server().fail("/values/", 401, 1);

        assertThatThrownBy(() -> store().get(A)).isInstanceOfSatisfying(StorageFailure.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.BACKEND_AUTHENTICATION);
            assertThat(e.toString()).doesNotContain(AccountServer.TOKEN);
        });
        assertThat(fixture.server().account().toString()).doesNotContain(AccountServer.TOKEN);
    }

    @Test
    void a_lifetime_below_a_minute_is_refused_here() {
        assertFails(
                FailureCode.TTL_TOO_SHORT,
                () -> store().put(A, KvEntry.of("v").expiring(Expiry.after(Duration.ofSeconds(30))), KvCondition.ANY));
        var many = store().putMany(List.of(
                new KvPair(A, KvEntry.of("v")),
                new KvPair(KvKey.of("b"), KvEntry.of("v").expiring(Expiry.after(Duration.ofSeconds(30))))));

        assertThat(many.done()).isEqualTo(1);
        assertThat(many.failed())
                .singleElement()
                .satisfies(one -> assertThat(one.code()).isEqualTo(FailureCode.TTL_TOO_SHORT));
    }

    @Test
    void the_index_takes_in_what_was_written_there_and_lets_go_of_what_was_deleted() {
        put(KvKey.of("kept"), "v");
        put(KvKey.of("deleted"), "v");
        fixture.engine()
                .tables()
                .keyCatalogue()
                .label(CACHE, Map.of(KvKey.of("kept"), KeyLabels.NONE.tagged(List.of(new KeyTag("red")))));
        there().delete(KvKey.of("deleted"));
        there().putMany(IntStream.range(0, 2_100)
                .mapToObj(i -> new KvPair(KvKey.of("new/%04d".formatted(i)), KvEntry.of("12345")))
                .toList());

        var first = fixture.engine().tables().keyCatalogue().index(CACHE);
        var second = fixture.engine().tables().keyCatalogue().index(CACHE);

        assertThat(first).isEqualTo(new IndexedKeys(2_101, 2_100, 1));
        assertThat(second).isEqualTo(new IndexedKeys(2_101, 0, 0));
        assertThat(fixture.engine().tables().keyCatalogue().totals(CACHE).keys())
                .isEqualTo(2_101);
        assertThat(fixture.engine().tables().keyCatalogue().totals(CACHE).bytes())
                .isEqualTo(1 + 2_100 * 5);
        assertThat(fixture.engine()
                        .tables()
                        .keyCatalogue()
                        .find(CACHE, List.of(KvKey.of("kept")))
                        .values())
                .extracting(row -> row.labels().tags().size())
                .containsExactly(1);
    }

    @Test
    void namespaces_that_were_made_renamed_and_dropped_there_are_so_here() {
        var other = new NamespaceTitle("OTHER");
        var theirs = fixture.server().engine().resources();
        var cache = theirs.find(CACHE).orElseThrow();
        var made = theirs.create(other);
        theirs.rename(cache.id(), new NamespaceTitle("free"));
        theirs.rename(made.id(), CACHE);

        fixture.reopen();

        assertThat(fixture.engine().resources().namespaces()).isEqualTo(theirs.namespaces());
        assertThat(fixture.engine().resources().find(CACHE))
                .contains(theirs.find(CACHE).orElseThrow());
        theirs.drop(made.id());
        fixture.reopen();
        assertThat(fixture.engine().resources().find(CACHE)).isEmpty();
    }

    @Test
    void a_namespace_is_known_while_the_account_does_not_answer() {
        fixture.reopen();
        fixture.server().fail("GET", 503, 2);

        assertThat(fixture.engine().resources().find(CACHE)).isPresent();
    }

    @Test
    void data_of_its_own_or_of_another_account_is_not_given_up() {
        var own = Memory.open(fixture.clock(), new SeededRandomness(5)).engine();
        own.resources().create(CACHE);
        var means = new Calls.Means(System::nanoTime, time -> {}, new SeededRandomness(3));
        var account = fixture.server().account();
        var another = new RemoteAccount(account.api(), "b".repeat(32), account.token());

        assertFails(FailureCode.CONFLICT, () -> Cloudflare.open(account, own, fixture.clock(), means));
        assertFails(FailureCode.CONFLICT, () -> Cloudflare.open(another, fixture.local(), fixture.clock(), means));
        assertThat(own.resources().find(CACHE)).isPresent();
    }

    @Test
    void a_listing_goes_on_where_it_was_without_reading_what_it_has_read() {
        there().putMany(IntStream.range(0, 3_000)
                .mapToObj(i -> new KvPair(KvKey.of("k%04d".formatted(i)), KvEntry.of("v")))
                .toList());
        var first = store().list(KvQuery.all());
        var before = fixture.server().calls().size();

        var second = store().list(KvQuery.all()
                .from(new io.triport.domain.keyvalue.KvStart.After(
                        first.keys().getLast().key())));

        assertThat(second.keys().getFirst().key().text()).isEqualTo("k1000");
        assertThat(fixture.server().calls()).hasSize(before + 1);
    }
}
