package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cursor.StoragePort;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.BucketName;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.RequestId;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door and its views: who may do what, and what the log is told. */
final class StorageTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final KvKey KEY = KvKey.of("app1:a");
    private static final IdempotentCall CALL = new IdempotentCall("somebody", "/put", "key", Bytes.utf8("digest"));

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final RecordingStorageLog log = new RecordingStorageLog();
    private final FakeStorageEngine engine = new FakeStorageEngine(clock);
    private final Storage storage = new Storage(engine, clock, ticker, log);
    private final TestGrants grants = new TestGrants(clock);

    @BeforeEach
    void make() {
        engine.resources().create(CACHE);
        engine.keyValue(CACHE).put(KEY, KvEntry.of("v"), KvCondition.ANY);
    }

    @Test
    void each_operation_on_keys_needs_its_own_action() {
        var needed = List.<Consumer<KeyValueStore>>of(
                store -> store.get(KEY),
                store -> store.getMany(List.of(KEY), KvRead.FRESH),
                store -> store.put(KEY, KvEntry.of("v"), KvCondition.ANY),
                store -> store.putMany(List.of(new KvPair(KEY, KvEntry.of("v")))),
                store -> store.list(KvQuery.all()),
                store -> store.delete(KEY),
                store -> store.deleteMany(List.of(KEY)));
        var actions = List.of(
                Action.KV_GET,
                Action.KV_GET,
                Action.KV_PUT,
                Action.KV_PUT,
                Action.KV_LIST,
                Action.KV_DELETE,
                Action.KV_DELETE);

        for (var i = 0; i < needed.size(); i++) {
            for (var action : Action.values()) {
                var store = storage.keyValue(grantOf(action, CACHE), CACHE);
                var call = needed.get(i);
                if (action == actions.get(i)) {
                    call.accept(store);
                } else {
                    assertDenied(() -> call.accept(store));
                }
            }
        }
    }

    @Test
    void each_operation_on_namespaces_needs_its_own_action_on_its_title() {
        var id = engine.resources().find(CACHE).orElseThrow().id();

        assertDenied(
                () -> storage.resources(grantOf(Action.NAMESPACE_FIND, CACHE)).create(OTHER));
        assertDenied(
                () -> storage.resources(grantOf(Action.NAMESPACE_CREATE, CACHE)).create(OTHER));
        assertDenied(
                () -> storage.resources(grantOf(Action.NAMESPACE_DROP, CACHE)).find(CACHE));
        assertDenied(
                () -> storage.resources(grantOf(Action.NAMESPACE_FIND, CACHE)).drop(id));
        assertDenied(
                () -> storage.resources(grantOf(Action.NAMESPACE_FIND, CACHE)).reclaim(1));
        assertThat(storage.resources(grantOf(Action.NAMESPACE_CREATE, OTHER))
                        .create(OTHER)
                        .title())
                .isEqualTo(OTHER);
        assertThat(storage.resources(grantOf(Action.NAMESPACE_FIND, CACHE)).find(CACHE))
                .isPresent();
        assertThat(storage.resources(grantOf(Action.SPACE_RECLAIM, CACHE)).namespaces())
                .isEmpty();
    }

    @Test
    void a_rename_needs_the_action_on_both_titles() {
        var id = engine.resources().find(CACHE).orElseThrow().id();
        var rules = new ArrayList<Permission>();
        for (var title : List.of(CACHE, OTHER)) {
            rules.add(new Permission(
                    Set.of(Action.NAMESPACE_FIND, Action.NAMESPACE_RENAME),
                    Set.of(ResourcePattern.exactly(title.text())),
                    Set.of(KeyPrefix.EVERY)));
        }

        assertDenied(() -> storage.resources(grants.of("one", rules.get(0))).rename(id, OTHER));
        assertThatThrownBy(
                        () -> storage.resources(grants.of("one", rules.get(1))).rename(id, OTHER))
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThat(storage.resources(grants.of("both", rules.get(0), rules.get(1)))
                        .rename(id, OTHER)
                        .title())
                .isEqualTo(OTHER);
    }

    @Test
    void namespaces_outside_of_the_grant_do_not_exist_for_it() {
        engine.resources().create(OTHER);
        var other = engine.resources().find(OTHER).orElseThrow();
        var resources = storage.resources(grants.ofPrefix("CACHE", KeyPrefix.EVERY));

        assertThat(resources.namespaces().stream().map(Namespace::title)).containsExactly(CACHE);
        assertThat(resources.find(other.id())).isEmpty();
        assertThat(resources.drop(other.id())).isFalse();
        assertThat(engine.resources().find(OTHER)).contains(other);
    }

    @Test
    void a_drop_needs_its_action_beside_that_of_finding() {
        var id = engine.resources().find(CACHE).orElseThrow().id();

        assertDenied(
                () -> storage.resources(grantOf(Action.NAMESPACE_FIND, CACHE)).drop(id));
        assertThat(storage.resources(grantOf(Action.NAMESPACE_DROP, CACHE)).drop(id))
                .isFalse();
        assertThat(storage.resources(grants.ofEverything()).drop(id)).isTrue();
    }

    @Test
    void an_ended_grant_opens_nothing_whether_closed_or_run_out() {
        for (var end : List.<Consumer<Grant>>of(Grant::close, grant -> clock.set(grant.validUntil()))) {
            var grant = grants.ofEverything();
            var store = storage.keyValue(grant, CACHE);
            var resources = storage.resources(grant);
            var calls = storage.idempotency(grant);
            assertThat(store.get(KEY)).isPresent();

            end.accept(grant);

            for (var call : List.<ThrowingCallable>of(
                    () -> store.get(KEY),
                    () -> store.getMany(List.of(), KvRead.FRESH),
                    () -> store.put(KEY, KvEntry.of("w"), KvCondition.ANY),
                    () -> store.putMany(List.of()),
                    () -> store.delete(KEY),
                    () -> store.deleteMany(List.of()),
                    () -> store.list(KvQuery.all()),
                    resources::namespaces,
                    () -> resources.find(CACHE),
                    () -> resources.find(new NamespaceId("0".repeat(32))),
                    () -> resources.drop(new NamespaceId("0".repeat(32))),
                    () -> resources.create(OTHER),
                    () -> resources.reclaim(1),
                    () -> calls.claim(CALL),
                    () -> calls.remember(CALL, Bytes.EMPTY),
                    () -> storage.together(grant, inner -> inner))) {
                assertDenied(call);
            }
        }
        assertThat(engine.keyValue(CACHE).get(KEY).orElseThrow().value()).isEqualTo(Bytes.utf8("v"));
    }

    @Test
    void a_grant_that_ends_within_a_unit_undoes_it() {
        var grant = grants.ofEverything();

        assertDenied(() -> storage.together(grant, inner -> {
            inner.keyValue(grant, CACHE).put(KEY, KvEntry.of("w"), KvCondition.ANY);
            grant.close();
            return inner.keyValue(grant, CACHE).get(KEY);
        }));

        assertThat(engine.keyValue(CACHE).get(KEY).orElseThrow().value()).isEqualTo(Bytes.utf8("v"));
    }

    @Test
    void what_lies_on_another_engine_takes_no_part_in_a_unit_and_says_so() {
        var grant = grants.ofEverything();

        storage.together(grant, inner -> {
            for (Runnable call : List.<Runnable>of(
                    () -> inner.objects(grant, new BucketName("bucket")),
                    () -> inner.durableObjects(grant, new ObjectClass("class")))) {
                assertThatThrownBy(call::run)
                        .isInstanceOfSatisfying(
                                StorageFailure.Rejected.class,
                                refused -> assertThat(refused.code()).isEqualTo(FailureCode.UNSUPPORTED));
            }
            return 0;
        });
    }

    @Test
    void a_bulk_call_that_reaches_outside_with_one_member_does_nothing() {
        var store = storage.keyValue(grants.ofPrefix("CACHE", KeyPrefix.of("app1:")), CACHE);

        assertDenied(() -> store.putMany(
                List.of(new KvPair(KEY, KvEntry.of("w")), new KvPair(KvKey.of("app2:a"), KvEntry.of("w")))));
        assertDenied(() -> store.deleteMany(List.of(KEY, KvKey.of("app2:a"))));

        assertThat(engine.keyValue(CACHE).get(KEY).orElseThrow().value()).isEqualTo(Bytes.utf8("v"));
        assertThat(log.calls()).isEmpty();
    }

    @Test
    void a_repeatable_call_is_remembered_for_the_principal_whoever_it_names() {
        var operator = grants.ofEverything();
        var other = grants.of("other");
        storage.together(operator, inner -> {
            assertThat(inner.idempotency(operator).claim(CALL)).isEqualTo(new IdempotencyClaim.First());
            inner.idempotency(operator).remember(CALL, Bytes.utf8("done"));
            return CALL;
        });

        var sameCaller = new IdempotentCall("anybody", "/put", "key", Bytes.utf8("digest"));

        assertThat(storage.idempotency(operator).claim(sameCaller))
                .isEqualTo(new IdempotencyClaim.Repeated(Bytes.utf8("done")));
        assertThat(storage.idempotency(other).claim(CALL)).isEqualTo(new IdempotencyClaim.First());
    }

    @Test
    void every_call_is_told_once_with_request_port_operation_and_what_it_found() {
        var grant = grants.ofEverything();
        var store = storage.keyValue(grant, CACHE);

        store.get(KEY);
        store.getMany(List.of(KEY), KvRead.FRESH);
        store.put(KEY, KvEntry.of("w"), KvCondition.IF_ABSENT);
        store.putMany(List.of(new KvPair(KEY, KvEntry.of("v"))));
        store.list(KvQuery.all());
        store.delete(KEY);
        store.deleteMany(List.of(KEY));

        assertThat(log.calls()).allSatisfy(call -> {
            assertThat(call.request()).isEqualTo(grant.request());
            assertThat(call.port()).isEqualTo(StoragePort.KEY_VALUE);
            assertThat(call.resource()).isEqualTo("CACHE");
        });
        assertThat(told())
                .containsExactly(
                        "get found=true",
                        "get-many found=1",
                        "put stored=false",
                        "put-many done=1",
                        "list keys=1",
                        "delete deleted=true",
                        "delete-many done=1");
    }

    @Test
    void bytes_of_values_are_told_as_far_as_they_were_stored_or_given() {
        var store = storage.keyValue(grants.ofEverything(), CACHE);

        store.put(KEY, KvEntry.of("12345"), KvCondition.ANY);
        store.put(KEY, KvEntry.of("not stored"), KvCondition.IF_ABSENT);
        store.putMany(List.of(new KvPair(KEY, KvEntry.of("1234567"))));
        store.get(KEY);
        store.getMany(List.of(KEY), KvRead.FRESH);
        store.delete(KEY);

        assertThat(log.calls())
                .extracting(call -> ((StorageCall.Done) call.result()).moved())
                .containsExactly(
                        new StorageCall.Moved(5, 0),
                        new StorageCall.Moved(0, 0),
                        new StorageCall.Moved(7, 0),
                        new StorageCall.Moved(0, 7),
                        new StorageCall.Moved(0, 7),
                        new StorageCall.Moved(0, 0));
        assertThat(log.calls()).extracting(StorageCall::adapter).containsOnly("fake");
    }

    @Test
    void a_key_is_told_by_its_hash_to_who_wants_to_know_and_where_there_is_one() {
        var calls = new ArrayList<StorageCall>();
        var wanting = new Storage(engine, clock, ticker, new StorageLog() {
            @Override
            public boolean wantsKeys(RequestId request) {
                return true;
            }

            @Override
            public void called(StorageCall call) {
                calls.add(call);
            }
        });
        var hash = new KeyHash("b22271cc25752a35");
        var wanted = wanting.keyValue(grants.ofEverything(), CACHE);

        wanted.get(KEY);
        wanted.put(KEY, KvEntry.of("w"), KvCondition.ANY);
        wanted.list(KvQuery.all());
        wanted.getMany(List.of(KEY), KvRead.FRESH);
        wanted.delete(KEY);
        storage.keyValue(grants.ofEverything(), CACHE).get(KEY);

        assertThat(calls).extracting(StorageCall::key).containsExactly(hash, hash, KeyHash.NONE, KeyHash.NONE, hash);
        assertThat(log.calls()).extracting(StorageCall::key).containsOnly(KeyHash.NONE);
    }

    @Test
    void calls_of_the_catalogue_and_the_ledger_are_told_too() {
        var resources = storage.resources(grants.ofEverything());
        var made = resources.create(OTHER);
        resources.rename(made.id(), new NamespaceTitle("THIRD"));
        resources.find(OTHER);
        resources.find(made.id());
        resources.namespaces();
        resources.drop(made.id());
        resources.reclaim(5);
        storage.idempotency(grants.ofEverything()).claim(CALL);
        storage.idempotency(grants.ofEverything()).remember(CALL, Bytes.utf8("done"));

        assertThat(told())
                .contains(
                        "create created=true",
                        "rename renamed=true",
                        "find found=false",
                        "find found=true",
                        "list found=2")
                .contains("drop dropped=true", "reclaim removed=0", "claim first=true", "remember bytes=4");
    }

    @Test
    void a_failed_call_is_told_with_its_code_and_a_denied_one_is_not_told() {
        var missing = storage.keyValue(grants.ofEverything(), OTHER);

        assertThatThrownBy(() -> missing.get(KEY)).isInstanceOf(StorageFailure.Rejected.class);
        assertDenied(() -> storage.keyValue(grants.of("nobody"), CACHE).get(KEY));

        assertThat(log.calls()).hasSize(1);
        assertThat(log.calls().getFirst().result()).isEqualTo(new StorageCall.Failed(FailureCode.NOT_FOUND));
    }

    @Test
    void a_call_takes_as_long_as_the_ticker_says() {
        var slow = new Storage(engine, clock, new Stepping(ticker)::nanos, log);

        slow.keyValue(grants.ofEverything(), CACHE).get(KEY);

        assertThat(log.calls().getFirst().took()).isEqualTo(Duration.ofMillis(7));
    }

    /** Goes on by 7 ms whenever it is read. */
    private record Stepping(SettableTicker ticker) {
        long nanos() {
            ticker.advance(Duration.ofMillis(7));
            return ticker.nanos();
        }
    }

    private Grant grantOf(Action action, NamespaceTitle title) {
        return grants.of(
                "one-action",
                new Permission(Set.of(action), Set.of(ResourcePattern.exactly(title.text())), Set.of(KeyPrefix.EVERY)));
    }

    private List<String> told() {
        Function<StorageCall, String> text = call -> call.operation() + " "
                + switch (call.result()) {
                    case StorageCall.Done done -> done.name() + "=" + done.value();
                    case StorageCall.Failed failed -> failed.code().name();
                };
        return log.calls().stream().map(text).toList();
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }
}
