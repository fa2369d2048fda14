package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.time.Randomness;
import io.triport.storage.shared.SharedObjects;
import io.triport.testkit.AtOnce;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes with one index and one bucket, and what befalls them. */
@Timeout(120)
final class SharedObjectsTest {
    private static final ObjectKey KEY = ObjectKey.of("docs/a.txt");
    private static final ObjectRef REF = ObjectRef.current(KEY);
    private static final int SIZE = 3_000_000;
    private static final int LEAST_PART = 5 << 20;

    private final SharedFixture fixture = new SharedFixture(2);
    private final ObjectStore one = fixture.node(0).store();
    private final ObjectStore other = fixture.node(1).store();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void what_one_node_has_stored_the_other_lists_and_reads() {
        put(one, "v");

        assertThat(text(other)).isEqualTo("v");
        assertThat(other.list(ObjectQuery.all()).entries()).hasSize(1);
    }

    @Test
    void the_endpoint_is_asked_for_nothing_but_to_put_get_and_delete() {
        put(one, "v");
        put(one, "w");
        upload(one);
        GeneratedContent.read(opened(other));
        other.list(ObjectQuery.all());
        other.delete(List.of(REF), Conditions.NONE);
        assertThat(fixture.leftOver()).isZero();

        assertThat(fixture.endpoint().requests()).containsExactly("DELETE []", "GET []", "PUT []");
        assertThat(fixture.endpoint().keys()).isEmpty();
    }

    @Test
    void bytes_are_never_written_over() {
        put(one, "v");
        put(other, "w");

        assertThat(fixture.endpoint().keys()).hasSize(2).allMatch(key -> key.startsWith(SharedFixture.PREFIX));
    }

    @Test
    void who_reads_on_one_node_finishes_while_the_other_overwrites_and_sweeps() {
        one.put(KEY, GeneratedContent.of(1, SIZE), WriteOptions.PLAIN);
        var opened = opened(one);

        put(other, "overwritten");
        sweepLater();

        assertThat(fixture.endpoint().keys()).hasSize(2);
        assertThat(GeneratedContent.read(opened))
                .isEqualTo(GeneratedContent.of(1, SIZE).whole());
        assertThat(Patience.until(this::oneRunIsThere)).isTrue();
        assertThat(text(one)).isEqualTo("overwritten");
    }

    @Test
    void who_reads_parts_on_one_node_finds_all_of_them_after_the_other_has_deleted_and_swept() {
        var whole = upload(one);
        var opened = opened(one);

        other.delete(List.of(REF), Conditions.NONE);
        sweepLater();

        assertThat(fixture.names("select number::text from object_part")).hasSize(2);
        assertThat(GeneratedContent.read(opened)).isEqualTo(whole);
        assertThat(Patience.until(() -> {
                    sweepLater();
                    return fixture.endpoint().keys().isEmpty();
                }))
                .isTrue();
        assertThat(fixture.names("select number::text from object_part")).isEmpty();
    }

    @Test
    void what_was_overwritten_stays_for_a_time_though_nobody_reads_it() {
        put(one, "v");
        put(one, "w");

        fixture.execute("update object_index set swept = '-infinity'");
        fixture.sweep();

        assertThat(fixture.endpoint().keys()).hasSize(2);
    }

    @Test
    void a_node_that_is_dead_keeps_nobody_from_removing_what_it_read() {
        put(one, "v");
        var opened = opened(one);
        put(other, "w");

        fixture.later();
        fixture.execute("update object_node set seen = seen - interval '1 hour' where id = '"
                + fixture.node(0).storage().readers().node() + "'");
        fixture.node(1).objects().sweep();

        assertThat(fixture.endpoint().keys()).hasSize(1);
        opened.close();
    }

    @Test
    void of_two_sweepers_one_has_the_turn_and_two_at_once_do_no_harm() {
        IntStream.range(0, 50).forEach(round -> put(one, "v" + round));
        fixture.later();
        var first = fixture.node(0).storage().objects(SharedFixture.INDEX).bytes();
        var second = fixture.node(1).storage().objects(SharedFixture.INDEX).bytes();

        assertThat(AtOnce.run(2, number -> () -> number == 0 ? first.turn() : second.turn()))
                .containsExactlyInAnyOrder(true, false);
        var removed = AtOnce.run(2, number -> () -> {
            var ledger = number == 0 ? first : second;
            var names = ledger.leftOver(100);
            names.forEach(name -> fixture.endpoint().remove(SharedFixture.PREFIX + name));
            ledger.removed(names);
            return names.size();
        });

        assertThat(removed).contains(49);
        assertThat(text(other)).isEqualTo("v49");
        assertThat(fixture.leftOver()).isZero();
    }

    @Test
    void without_the_endpoint_a_write_changes_nothing_and_a_read_tells_nothing() {
        put(one, "old");
        var before = fixture.named();
        fixture.endpoint().close();

        assertFailure(FailureCode.UNAVAILABLE, () -> put(one, "new"));
        assertFailure(FailureCode.UNAVAILABLE, () -> one.get(REF, ReadOptions.WHOLE));

        assertThat(fixture.named()).isEqualTo(before);
        assertThat(one.head(REF)).isInstanceOf(HeadOutcome.Found.class);
        assertThat(fixture.names("select name from object_bytes")).isEmpty();
        assertThat(fixture.names("select name from object_rest")).hasSize(1);
    }

    @Test
    void of_parts_a_read_tells_nothing_without_the_endpoint_either() {
        upload(one);
        fixture.endpoint().close();

        assertFailure(FailureCode.UNAVAILABLE, () -> one.get(REF, ReadOptions.WHOLE));
    }

    @Test
    void without_the_database_no_bytes_are_sent() {
        over(
                (relay, node) -> {
                    relay.mode(Relay.Mode.REFUSE);
                    relay.cut();

                    assertThat(Patience.until(() -> failure(node) == FailureCode.UNAVAILABLE))
                            .isTrue();
                },
                step -> {});

        assertThat(fixture.endpoint().keys()).isEmpty();
    }

    @Test
    void bytes_whose_database_went_before_the_commit_are_found_when_it_is_back() {
        put(other, "old");
        over(
                (relay, node) -> {
                    assertThat(failure(node)).isEqualTo(FailureCode.UNAVAILABLE);
                    relay.mode(Relay.Mode.PASS);

                    assertThat(text(other)).isEqualTo("old");
                    assertThat(fixture.endpoint().keys()).hasSize(2);
                    assertThat(Patience.until(() -> swept(node))).isTrue();
                },
                cutAt("put 1"));

        assertThat(fixture.leftOver()).isZero();
        assertThat(text(one)).isEqualTo("old");
    }

    @Test
    void a_commit_that_nobody_answered_for_keeps_its_bytes() {
        put(other, "old");
        over(
                (relay, node) -> {
                    assertThat(failure(node)).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
                    relay.mode(Relay.Mode.PASS);

                    assertThat(Patience.until(() -> text(other).equals("new"))).isTrue();
                    assertThat(Patience.until(() -> swept(node))).isTrue();
                },
                (relay, step) -> {
                    if (step.equals("commit 1")) {
                        relay.mode(Relay.Mode.LOSE_ANSWERS);
                    }
                });

        assertThat(fixture.leftOver()).isZero();
        assertThat(text(one)).isEqualTo("new");
    }

    @Test
    void who_was_taken_for_dead_commits_nothing_and_goes_on_with_his_next_write() {
        put(other, "old");
        over(
                (relay, node) -> {
                    assertThat(failure(node)).isEqualTo(FailureCode.FENCED);

                    assertThat(text(other)).isEqualTo("old");
                    put(node.store(), "again");
                    assertThat(text(other)).isEqualTo("again");
                },
                (relay, step) -> {
                    if (step.equals("put 1")) {
                        fixture.execute("update object_node set seen = seen - interval '1 hour'");
                        fixture.later();
                        fixture.node(1).objects().sweep();
                    }
                });

        assertThat(fixture.leftOver()).isZero();
    }

    @Test
    void bytes_that_came_after_their_announcement_was_taken_are_removed_too() {
        over(
                (relay, node) -> {
                    assertThat(failure(node)).isEqualTo(FailureCode.FENCED);
                    assertThat(fixture.endpoint().keys()).hasSize(1);
                },
                (relay, step) -> {
                    if (step.equals("announced 1")) {
                        fixture.execute("delete from object_bytes");
                    }
                });

        assertThat(fixture.leftOver()).isZero();
        assertThat(fixture.endpoint().keys()).isEmpty();
    }

    @Test
    void bytes_that_somebody_took_away_are_corrupt_and_not_missing() {
        put(one, "v");
        fixture.endpoint().keys().forEach(fixture.endpoint()::remove);

        assertFailure(FailureCode.CORRUPT, () -> one.get(REF, ReadOptions.WHOLE));
    }

    @Test
    void deletes_of_the_same_keys_in_any_order_do_not_wait_in_a_circle() {
        var there = IntStream.range(0, 40)
                .mapToObj(number -> ObjectRef.current(ObjectKey.of("k" + number)))
                .toList();

        var outcomes = AtOnce.run(4, number -> () -> {
            var count = 0;
            for (var round = 0; round < 10; round++) {
                var refs = number % 2 == 0 ? there : there.reversed();
                count +=
                        (number < 2 ? one : other).delete(refs, Conditions.NONE).size();
            }
            return count;
        });

        assertThat(outcomes).containsOnly(400);
    }

    @Test
    void a_position_in_one_index_is_none_in_another() {
        put(one, "v");
        one.put(ObjectKey.of("docs/b.txt"), Content.of(Bytes.utf8("v")), WriteOptions.PLAIN);
        var page = one.list(ObjectQuery.all().limitedTo(1));
        var node = fixture.node(1).storage();
        var store = fixture.endpoint().store();
        var elsewhere = SharedObjects.open(
                        node.objects("elsewhere"), () -> store, Bytes.EMPTY, fixture.clock(), Randomness.system())
                .store(Versioning.OFF);

        var position = new ListStart.Resumed(((ObjectPage.More) page).next());

        assertThat(other.list(ObjectQuery.all().from(position)).entries()).hasSize(1);
        assertFailure(
                FailureCode.BAD_CURSOR, () -> elsewhere.list(ObjectQuery.all().from(position)));
        assertThat(elsewhere.list(ObjectQuery.all()).entries()).isEmpty();
    }

    private interface WithNode {
        void run(Relay relay, SharedFixture.Node node);
    }

    private interface AtStep {
        void reached(Relay relay, String step);
    }

    private void over(WithNode work, Consumer<String> steps) {
        over(work, (relay, step) -> steps.accept(step));
    }

    /** A third node, which reaches the database by a relay and tells of its steps. */
    private void over(WithNode work, AtStep steps) {
        try (var relay = Relay.to(EmbeddedServer.port());
                var storage = fixture.database().openOver(relay)) {
            var node = fixture.node(storage, new ArmedIndex(step -> steps.reached(relay, step)));
            work.run(relay, node);
            relay.mode(Relay.Mode.PASS);
        }
    }

    private static AtStep cutAt(String wanted) {
        return (relay, step) -> {
            if (step.equals(wanted)) {
                relay.mode(Relay.Mode.REFUSE);
                relay.cut();
            }
        };
    }

    private static FailureCode failure(SharedFixture.Node node) {
        try {
            put(node.store(), "new");
            throw new AssertionError("a put was answered");
        } catch (StorageFailure e) {
            return e.code();
        }
    }

    private static boolean swept(SharedFixture.Node node) {
        try {
            node.objects().sweep();
            return true;
        } catch (StorageFailure e) {
            return false;
        }
    }

    private void sweepLater() {
        fixture.later();
        fixture.node(1).objects().sweep();
    }

    private boolean oneRunIsThere() {
        sweepLater();
        return fixture.endpoint().keys().size() == 1;
    }

    private static void put(ObjectStore store, String text) {
        assertThat(store.put(KEY, Content.of(Bytes.utf8(text)), WriteOptions.PLAIN))
                .isInstanceOf(PutOutcome.Stored.class);
    }

    /** The key as an object of two parts. @return its bytes */
    private static Bytes upload(ObjectStore store) {
        var upload = store.uploads().start(KEY, UploadOptions.PLAIN);
        var contents = List.of(GeneratedContent.of(1, LEAST_PART), GeneratedContent.of(2, 1_000));
        var claims = new ArrayList<PartClaim>();
        for (var number = 1; number <= 2; number++) {
            var part = (PartOutcome.Stored) store.uploads().part(upload, number, contents.get(number - 1), List.of());
            claims.add(new PartClaim(number, part.part().etag(), null));
        }
        assertThat(store.uploads().complete(upload, claims, CompleteOptions.PLAIN))
                .isInstanceOf(CompleteOutcome.Completed.class);
        return contents.get(0).whole().concat(contents.get(1).whole());
    }

    private static Content opened(ObjectStore store) {
        return ((GetOutcome.Found) store.get(REF, ReadOptions.WHOLE)).content();
    }

    private static String text(ObjectStore store) {
        return GeneratedContent.read(opened(store)).toUtf8();
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
