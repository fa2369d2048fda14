package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Lease;
import io.triport.domain.queue.LeaseId;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.MessageRef;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.queue.Peeked;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueMetrics;
import io.triport.domain.queue.SettleOutcome;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every queue promises. The tag of a test names the case of the contract that it belongs to. */
public abstract class QueueContract {
    @RegisterExtension
    static final CaseMatrix MATRIX = new CaseMatrix("queue-matrix", "Q-", test -> ((QueueContract) test).adapter());

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration VISIBILITY = Duration.ofSeconds(30);
    private static final QueueDefinition JOBS = queue("jobs");
    private static final QueueDefinition LATE = queue("late").delayed(Duration.ofSeconds(20));
    private static final QueueDefinition DEAD = queue("dead").keptFor(Duration.ofMinutes(10));
    private static final QueueDefinition ONCE_MORE =
            queue("once-more").retried(1, Duration.ZERO).deadLettersTo(DEAD);
    private static final QueueDefinition DROPPING = queue("dropping").retried(0, Duration.ZERO);
    private static final QueueDefinition PATIENT = queue("patient").retried(100, Duration.ofSeconds(20));
    private static final QueueDefinition BRIEF = queue("brief").keptFor(Duration.ofMinutes(1));
    private static final QueueDefinition SMALL =
            queue("small").upTo(new ByteSize(100)).keptFor(Duration.ofMinutes(1));

    /** All queues that the contract uses. */
    public static final QueueDefinitions DEFINITIONS =
            QueueDefinitions.of(JOBS, LATE, DEAD, ONCE_MORE, DROPPING, PATIENT, BRIEF, SMALL);

    private StorageFixture fixture;

    /** The name of the adapter's row in the matrix. */
    protected abstract String adapter();

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag("Q-01")
    void a_message_has_at_most_128_000_bytes() {
        jobs().send(Message.of(BodyType.BYTES, bytes(128_000)));
        jobs().send(Message.of(BodyType.BYTES, Bytes.EMPTY));

        assertThat(pull(jobs(), 2))
                .extracting(lease -> lease.delivery().body())
                .containsExactly(bytes(128_000), Bytes.EMPTY);
        assertFailure(FailureCode.TOO_LARGE, () -> Message.of(BodyType.BYTES, bytes(128_001)));
    }

    @Test
    @Tag("Q-01")
    void a_batch_has_1_to_100_messages_and_at_most_256_000_bytes() {
        var hundred = IntStream.range(0, 100).mapToObj(QueueContract::numbered).toList();
        var largest = List.of(large(128_000), large(128_000));

        assertThat(new HashSet<>(jobs().sendAll(hundred))).hasSize(100);
        assertThat(jobs().sendAll(largest)).hasSize(2);

        assertFailure(FailureCode.BAD_REQUEST, () -> jobs().sendAll(List.of()));
        assertFailure(
                FailureCode.TOO_LARGE,
                () -> jobs().sendAll(Stream.concat(hundred.stream(), Stream.of(numbered(100)))
                        .toList()));
        assertFailure(FailureCode.TOO_LARGE, () -> jobs().sendAll(List.of(large(128_000), large(128_000), large(1))));
        assertThat(jobs().metrics().count()).isEqualTo(102);
    }

    @Test
    @Tag("Q-01")
    void what_is_outside_of_the_bounds_is_refused() {
        assertInvalid(() -> Delay.of(Duration.ofSeconds(43_201)));
        assertInvalid(() -> Delay.of(Duration.ofMillis(-1)));
        assertInvalid(() -> new PullRequest(0, VISIBILITY));
        assertInvalid(() -> new PullRequest(101, VISIBILITY));
        assertInvalid(() -> new PullRequest(1, Duration.ZERO));
        assertInvalid(() -> new PullRequest(1, Duration.ofSeconds(43_201)));
        assertInvalid(() -> JOBS.keptFor(Duration.ofSeconds(59)));
        assertInvalid(() -> JOBS.keptFor(Duration.ofDays(14).plusMillis(1)));
        assertInvalid(() -> JOBS.retried(101, Duration.ZERO));
        assertInvalid(() -> QueueDefinitions.of(JOBS.deadLettersTo(DEAD)));
        assertInvalid(() -> OrderingKey.of("k".repeat(129)));
        assertInvalid(() -> DedupId.of(""));
        assertFailure(FailureCode.BAD_REQUEST, () -> jobs().peek(0));
        assertFailure(FailureCode.BAD_REQUEST, () -> jobs().peek(101));
    }

    @Test
    @Tag("Q-02")
    void a_body_is_of_its_type() {
        var opaque = Bytes.copyOf(new byte[] {(byte) 0xFF, 0, (byte) 0xFE});
        jobs().sendAll(List.of(
                Message.json("{\"a\":[1,-2.5e3,true,null,\"\\u00e9\\n\"],\"b\":{}}"),
                Message.text("\u00E9\uD83D\uDE00\u0000"),
                Message.of(BodyType.BYTES, opaque),
                Message.of(BodyType.V8, opaque)));

        assertThat(pull(jobs(), 4))
                .extracting(lease -> lease.delivery().type())
                .containsExactly(BodyType.JSON, BodyType.TEXT, BodyType.BYTES, BodyType.V8);
        for (var bad : List.of(
                "",
                "{",
                "{\"a\"}",
                "[1,]",
                "01",
                "1.",
                "tru",
                "'a'",
                "\"\u0001\"",
                "\"\\x\"",
                "1 2",
                "nul",
                "[".repeat(501) + "]".repeat(501))) {
            assertFailure(FailureCode.BAD_REQUEST, () -> Message.json(bad));
        }
        assertFailure(FailureCode.BAD_REQUEST, () -> Message.of(BodyType.TEXT, opaque));
        assertFailure(FailureCode.BAD_REQUEST, () -> Message.of(BodyType.JSON, opaque));
    }

    @Test
    @Tag("Q-03")
    void of_several_settlements_of_one_lease_the_first_counts() {
        jobs().sendAll(List.of(Message.text("a"), Message.text("b")));
        var leases = pull(jobs(), 2);
        var a = leases.get(0).id();
        var b = leases.get(1).id();

        var outcome = jobs().settle(List.of(ack(a), retry(a), retry(b), ack(b)));

        assertThat(outcome).isEqualTo(new SettleOutcome(1, 1, 0, List.of()));
        assertThat(texts(pull(jobs(), 2))).containsExactly("b");
        assertThat(warnings(jobs().settle(List.of(ack(a), ack(b)))))
                .containsExactly(SettleOutcome.Why.GONE, SettleOutcome.Why.TAKEN);
    }

    @Test
    @Tag("Q-03")
    void a_lease_that_was_settled_by_a_retry_settles_nothing_any_more() {
        jobs().send(Message.text("a"));
        var lease = pull(jobs(), 1).getFirst().id();
        jobs().settle(List.of(new Settlement.Retry(lease, Delay.of(SECOND))));

        assertThat(warnings(jobs().settle(List.of(ack(lease))))).containsExactly(SettleOutcome.Why.GONE);
        clock().advance(SECOND);
        assertThat(texts(pull(jobs(), 1))).containsExactly("a");
    }

    @Test
    @Tag("Q-05")
    void what_was_retried_as_often_as_allowed_goes_to_the_dead_letters_with_its_origin() {
        var sentAt = clock().instant();
        var id = engineQueue(ONCE_MORE).send(Message.text("poison").ordered(OrderingKey.of("k")));

        var attempts = new ArrayList<Integer>();
        for (var lease = pull(ONCE_MORE); !lease.isEmpty(); lease = pull(ONCE_MORE)) {
            attempts.add(lease.getFirst().delivery().attempt());
            clock().advance(SECOND);
            engineQueue(ONCE_MORE).settle(List.of(retry(lease.getFirst().id())));
        }

        assertThat(attempts).containsExactly(1, 2);
        var dead = pull(DEAD).getFirst().delivery();
        assertThat(dead.body()).isEqualTo(Bytes.utf8("poison"));
        assertThat(dead.attempt()).isEqualTo(1);
        assertThat(dead.id()).isNotEqualTo(id);
        assertThat(dead.origin()).isEqualTo(new Delivery.Origin(ONCE_MORE.name(), id, sentAt));
        assertThat(dead.sentAt()).isEqualTo(clock().instant());
        assertThat(engineQueue(ONCE_MORE).metrics()).isEqualTo(empty());
        clock().advance(Duration.ofMinutes(10));
        assertThat(engineQueue(DEAD).metrics().count()).isZero();
    }

    @Test
    @Tag("Q-05")
    void what_nobody_settled_goes_to_the_dead_letters_after_its_last_visibility() {
        engineQueue(ONCE_MORE).send(Message.text("poison"));
        for (var delivery = 1; delivery <= 2; delivery++) {
            assertThat(pull(ONCE_MORE)).hasSize(1);
            clock().advance(VISIBILITY);
        }

        assertThat(pull(ONCE_MORE)).isEmpty();
        assertThat(texts(pull(DEAD))).containsExactly("poison");
    }

    @Test
    @Tag("Q-06")
    void without_dead_letters_it_is_dropped_and_counted() {
        engineQueue(DROPPING).send(Message.text("poison"));
        engineQueue(DROPPING).send(Message.text("poison too"));

        var leases = engineQueue(DROPPING).pull(PullRequest.STANDARD);
        engineQueue(DROPPING).settle(List.of(retry(leases.getFirst().id())));
        clock().advance(VISIBILITY);

        assertThat(pull(DROPPING)).isEmpty();
        assertThat(engineQueue(DROPPING).metrics()).isEqualTo(new QueueMetrics(0, ByteSize.ZERO, clock().instant(), 2));
    }

    @Test
    @Tag("Q-07")
    void a_delay_of_the_queue_holds_and_one_of_the_message_overrides_it() {
        var late = engineQueue(LATE);
        late.send(Message.text("as the queue says"));
        late.send(Message.text("at once").delayed(Delay.NONE));
        late.send(Message.text("later").delayed(Delay.of(Duration.ofSeconds(40))));

        assertThat(texts(pull(late, 10))).containsExactly("at once");
        clock().advance(Duration.ofSeconds(20).minusMillis(1));
        assertThat(pull(late, 10)).isEmpty();
        clock().advance(Duration.ofMillis(1));
        assertThat(texts(pull(late, 1))).containsExactly("as the queue says");
        clock().advance(Duration.ofSeconds(20));
        assertThat(texts(pull(late, 10))).contains("later");
    }

    @Test
    @Tag("Q-07")
    void a_retry_waits_as_the_queue_says_unless_it_says_another_delay() {
        var patient = engineQueue(PATIENT);
        patient.sendAll(List.of(Message.text("as the queue says"), Message.text("at once")));
        var leases = pull(patient, 2);

        patient.settle(List.of(
                retry(leases.get(0).id()), new Settlement.Retry(leases.get(1).id(), Delay.NONE)));

        assertThat(texts(pull(patient, 2))).containsExactly("at once");
        clock().advance(Duration.ofSeconds(20).minusMillis(1));
        assertThat(pull(patient, 2)).isEmpty();
        clock().advance(Duration.ofMillis(1));
        assertThat(texts(pull(patient, 2))).containsExactly("as the queue says");
    }

    @Test
    @Tag("Q-09")
    void a_lease_that_ended_lets_others_have_the_message() {
        jobs().send(Message.text("a"));
        var first = pull(jobs(), 1).getFirst();

        assertThat(first.until()).isEqualTo(clock().in(VISIBILITY));
        clock().advance(VISIBILITY.minusMillis(1));
        assertThat(pull(jobs(), 1)).isEmpty();
        clock().advance(Duration.ofMillis(1));
        var second = pull(jobs(), 1).getFirst();

        assertThat(second.delivery()).isEqualTo(first.delivery().attempted(2));
    }

    @Test
    @Tag("Q-09")
    void a_lease_that_is_prolonged_lasts_from_then_on() {
        jobs().send(Message.text("a"));
        var lease = jobs().pull(new PullRequest(1, SECOND)).getFirst();
        clock().advance(SECOND.minusMillis(1));

        var outcome = jobs().settle(List.of(new Settlement.Prolong(lease.id(), VISIBILITY)));

        assertThat(outcome).isEqualTo(new SettleOutcome(0, 0, 1, List.of()));
        clock().advance(VISIBILITY.minusMillis(1));
        assertThat(pull(jobs(), 1)).isEmpty();
        clock().advance(Duration.ofMillis(1));
        assertThat(pull(jobs(), 1)).hasSize(1);
    }

    @Test
    @Tag("Q-10")
    void a_late_ack_counts_while_nobody_has_the_message() {
        jobs().send(Message.text("a"));
        var lease = pull(jobs(), 1).getFirst().id();
        clock().advance(VISIBILITY.multipliedBy(2));

        assertThat(jobs().settle(List.of(ack(lease)))).isEqualTo(new SettleOutcome(1, 0, 0, List.of()));
        assertThat(jobs().metrics()).isEqualTo(empty());
    }

    @Test
    @Tag("Q-10")
    void a_late_ack_of_what_another_has_is_told_and_changes_nothing() {
        jobs().send(Message.text("a"));
        var first = pull(jobs(), 1).getFirst().id();
        clock().advance(VISIBILITY);
        var second = pull(jobs(), 1).getFirst().id();

        assertThat(jobs().settle(List.of(ack(first))))
                .isEqualTo(
                        new SettleOutcome(0, 0, 0, List.of(new SettleOutcome.Warning(first, SettleOutcome.Why.TAKEN))));
        assertThat(jobs().settle(List.of(ack(second))).acked()).isEqualTo(1);
    }

    @Test
    @Tag("Q-10")
    void a_lease_that_was_altered_or_is_of_another_queue_is_useless() {
        jobs().send(Message.text("a"));
        engineQueue(PATIENT).send(Message.text("b"));
        var lease = pull(jobs(), 1).getFirst().id();
        var altered = new LeaseId(
                (lease.text().startsWith("A") ? "B" : "A") + lease.text().substring(1));

        assertThat(warnings(jobs().settle(List.of(ack(altered), ack(new LeaseId("")), ack(new LeaseId("?"))))))
                .containsOnly(SettleOutcome.Why.UNKNOWN)
                .hasSize(3);
        assertThat(warnings(engineQueue(PATIENT).settle(List.of(ack(lease)))))
                .containsExactly(SettleOutcome.Why.UNKNOWN);
        assertThat(jobs().metrics().count()).isEqualTo(1);
    }

    @Test
    @Tag("Q-11")
    void consumers_at_once_get_different_messages() {
        for (var batch = 0; batch < 4; batch++) {
            var from = batch * 50;
            jobs().sendAll(IntStream.range(from, from + 50)
                    .mapToObj(QueueContract::numbered)
                    .toList());
        }

        var pulled = AtOnce.run(8, number -> () -> {
            var mine = new ArrayList<String>();
            for (var some = pull(jobs(), 7); !some.isEmpty(); some = pull(jobs(), 7)) {
                mine.addAll(texts(some));
            }
            return mine;
        });

        assertThat(pulled.stream().flatMap(List::stream)).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    @Tag("Q-12")
    void what_was_answered_is_there_after_the_sending_process_was_killed() {
        requires(Ability.KILL);

        var sent = fixture.killWhileSending(JOBS);

        assertThat(sent).isNotEmpty();
        var found = new HashSet<String>();
        for (var some = pull(jobs(), 100); !some.isEmpty(); some = pull(jobs(), 100)) {
            found.addAll(texts(some));
        }
        assertThat(found).containsAll(sent.stream().map(KilledSender::text).toList());
        assertThat(found.size()).isBetween(sent.size(), sent.size() + 1);
    }

    @Test
    @Tag("Q-13")
    void what_was_leased_when_the_engine_closed_is_delivered_again_after_its_visibility() {
        requires(Ability.REOPEN);
        jobs().send(Message.text("a"));
        var lease = pull(jobs(), 1).getFirst();

        fixture.reopen();

        assertThat(pull(jobs(), 1)).isEmpty();
        clock().advance(VISIBILITY);
        assertThat(pull(jobs(), 1).getFirst().delivery())
                .isEqualTo(lease.delivery().attempted(2));
    }

    @Test
    @Tag("Q-14")
    void a_unit_that_throws_has_neither_sent_nor_settled_nor_buried() {
        engineQueue(DROPPING).send(Message.text("a"));
        var lease = pull(DROPPING).getFirst().id();

        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.queue(DROPPING).settle(List.of(retry(lease)));
                    inner.queue(JOBS).send(Message.text("b").once(DedupId.of("b")));
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(engineQueue(DROPPING).metrics().count()).isEqualTo(1);
        assertThat(jobs().metrics()).isEqualTo(empty());
        assertThat(engineQueue(DROPPING).settle(List.of(ack(lease))).acked()).isEqualTo(1);
        jobs().send(Message.text("c").once(DedupId.of("b")));
        assertThat(texts(pull(jobs(), 2))).containsExactly("c");
    }

    @Test
    @Tag("Q-14")
    void a_unit_that_returns_has_settled_here_and_sent_there() {
        engineQueue(PATIENT).send(Message.text("a"));
        var lease = pull(PATIENT).getFirst().id();

        var acked = fixture.engine().together(inner -> {
            inner.queue(JOBS).send(Message.text("b"));
            assertThat(inner.queue(JOBS).peek(1)).hasSize(1);
            return inner.queue(PATIENT).settle(List.of(ack(lease))).acked();
        });

        assertThat(acked).isEqualTo(1);
        assertThat(engineQueue(PATIENT).metrics().count()).isZero();
        assertThat(texts(pull(jobs(), 2))).containsExactly("b");
    }

    @Test
    @Tag("Q-15")
    void messages_of_an_ordering_key_come_one_after_the_other_in_their_order() {
        var key = OrderingKey.of("k");
        jobs().sendAll(List.of(
                Message.text("1").ordered(key),
                Message.text("2").ordered(key),
                Message.text("other").ordered(OrderingKey.of("o")),
                Message.text("none")));

        var first = pull(jobs(), 10);
        assertThat(texts(first)).containsExactly("1", "other", "none");
        jobs().settle(List.of(new Settlement.Retry(first.getFirst().id(), Delay.of(SECOND))));
        assertThat(pull(jobs(), 10)).isEmpty();
        clock().advance(SECOND);
        var again = pull(jobs(), 10);
        assertThat(texts(again)).containsExactly("1");
        jobs().settle(List.of(ack(again.getFirst().id())));

        assertThat(texts(pull(jobs(), 10))).containsExactly("2");
    }

    @Test
    @Tag("Q-15")
    void messages_without_a_key_come_in_the_order_of_their_sends() {
        for (var number = 0; number < 30; number++) {
            jobs().send(numbered(number));
        }

        assertThat(texts(pull(jobs(), 30)))
                .isEqualTo(IntStream.range(0, 30).mapToObj(Integer::toString).toList());
    }

    @Test
    @Tag("Q-16")
    void the_second_send_of_a_dedup_id_has_no_effect_for_ten_minutes() {
        var once = Message.text("a").once(DedupId.of("d"));
        var id = jobs().send(once);

        clock().advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(jobs().send(Message.text("b").once(DedupId.of("d")))).isEqualTo(id);
        assertThat(jobs().sendAll(List.of(once, Message.text("c")))).first().isEqualTo(id);
        assertThat(engineQueue(PATIENT).send(once)).isNotEqualTo(id);
        assertThat(jobs().metrics().count()).isEqualTo(2);
        clock().advance(Duration.ofMillis(1));
        assertThat(jobs().send(once)).isNotEqualTo(id);

        assertThat(texts(pull(jobs(), 10))).containsExactly("a", "c", "a");
    }

    @Test
    @Tag("Q-16")
    void of_equal_sends_at_once_one_has_effect() {
        var ids = AtOnce.run(20, number -> () -> jobs().send(Message.text("a").once(DedupId.of("d"))));

        assertThat(new HashSet<>(ids)).hasSize(1);
        assertThat(jobs().metrics().count()).isEqualTo(1);
    }

    @Test
    @Tag("Q-17")
    void a_message_is_gone_when_its_retention_has_ended() {
        var brief = engineQueue(BRIEF);
        brief.send(Message.text("leased"));
        var lease = pull(BRIEF).getFirst().id();
        clock().advance(Duration.ofSeconds(30));
        brief.send(Message.text("kept"));
        clock().advance(Duration.ofSeconds(30));

        assertThat(brief.peek(10))
                .extracting(peeked -> peeked.delivery().body().toUtf8())
                .containsExactly("kept");
        assertThat(brief.metrics().count()).isEqualTo(1);
        assertThat(texts(pull(BRIEF))).containsExactly("kept");
        brief.settle(List.of(new Settlement.Retry(lease, Delay.NONE)));
        assertThat(pull(BRIEF)).isEmpty();
    }

    @Test
    @Tag("Q-17")
    void reclaiming_removes_what_has_expired() {
        engineQueue(SMALL).send(Message.of(BodyType.BYTES, bytes(100)));
        clock().advance(Duration.ofMinutes(1));

        fixture.engine().resources().reclaim(1_000);

        assertThat(engineQueue(SMALL).metrics()).isEqualTo(empty());
        engineQueue(SMALL).send(Message.of(BodyType.BYTES, bytes(100)));
        assertThat(engineQueue(SMALL).metrics().bytes()).isEqualTo(new ByteSize(100));
    }

    @Test
    @Tag("Q-18")
    void a_full_backlog_takes_nothing_until_there_is_room() {
        var small = engineQueue(SMALL);
        small.sendAll(List.of(Message.of(BodyType.BYTES, bytes(60)), Message.of(BodyType.BYTES, bytes(40))));

        assertFailure(FailureCode.THROTTLED, () -> small.send(Message.text("x")));
        small.settle(List.of(ack(pull(small, 1).getFirst().id())));
        small.send(Message.of(BodyType.BYTES, bytes(60)));
        assertFailure(FailureCode.THROTTLED, () -> small.send(Message.text("x")));
        clock().advance(Duration.ofMinutes(1));
        small.send(Message.of(BodyType.BYTES, bytes(100)));

        assertThat(small.metrics().bytes()).isEqualTo(new ByteSize(100));
        small.purge();
        assertThat(small.metrics()).isEqualTo(empty());
        small.send(Message.of(BodyType.BYTES, bytes(100)));
    }

    @Test
    @Tag("Q-19")
    void a_message_that_always_fails_does_not_hold_up_others() {
        var patient = engineQueue(PATIENT);
        patient.send(Message.text("poison"));
        var done = new ArrayList<String>();
        for (var number = 0; number < 20; number++) {
            clock().advance(Duration.ofMillis(1));
            patient.send(numbered(number));
            var lease = pull(patient, 1).getFirst();
            if (texts(List.of(lease)).contains("poison")) {
                patient.settle(List.of(new Settlement.Retry(lease.id(), Delay.NONE)));
            } else {
                done.addAll(texts(List.of(lease)));
                patient.settle(List.of(ack(lease.id())));
            }
        }

        assertThat(done).hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    @Tag("Q-20")
    void a_clock_that_goes_back_makes_nothing_early_and_holds_nothing_up() {
        jobs().send(Message.text("sent before"));
        jobs().send(Message.text("delayed before").delayed(Delay.of(SECOND)));
        var before = clock().instant();

        clock().set(before.minusSeconds(30));
        jobs().send(Message.text("sent after"));
        jobs().send(Message.text("delayed after").delayed(Delay.of(SECOND)));

        assertThat(texts(pull(jobs(), 10))).containsExactly("sent before", "sent after");
        clock().set(before.plus(SECOND));
        assertThat(texts(pull(jobs(), 10))).containsExactly("delayed before", "delayed after");
    }

    @Test
    void metrics_tell_what_waits_and_since_when() {
        assertThat(jobs().metrics()).isEqualTo(empty());
        var oldest = clock().instant();
        jobs().send(Message.text("four"));
        clock().advance(SECOND);
        jobs().send(Message.text("seven!!"));
        pull(jobs(), 1);

        assertThat(jobs().metrics()).isEqualTo(new QueueMetrics(2, new ByteSize(11), oldest, 0));
    }

    @Test
    void looking_at_messages_changes_nothing() {
        jobs().send(Message.text("out"));
        pull(jobs(), 1);
        jobs().send(Message.text("ready"));
        jobs().send(Message.text("delayed").delayed(Delay.of(Duration.ofMinutes(1))));

        var seen = jobs().peek(10);

        assertThat(seen)
                .extracting(Peeked::delivery)
                .isEqualTo(jobs().peek(10).stream().map(Peeked::delivery).toList());
        assertThat(seen)
                .extracting(Peeked::delivery)
                .extracting(delivery -> delivery.body().toUtf8() + " " + delivery.attempt())
                .containsExactly("ready 0", "out 1", "delayed 0");
        assertThat(texts(pull(jobs(), 10))).containsExactly("ready");
    }

    @Test
    void messages_that_were_looked_at_are_discarded_leased_or_not_and_once() {
        jobs().send(Message.text("leased"));
        var lease = pull(jobs(), 1).getFirst().id();
        jobs().send(Message.text("ready"));
        jobs().send(Message.text("stays"));
        var refs = jobs().peek(10).stream()
                .filter(peeked -> !peeked.delivery().body().toUtf8().equals("stays"))
                .map(Peeked::ref)
                .collect(Collectors.toSet());
        var foreign = new MessageRef("none-of-ours");

        assertThat(jobs().discard(Set.of(refs.iterator().next(), foreign))).containsExactly(foreign);
        assertThat(jobs().discard(refs)).hasSize(1);
        assertThat(jobs().discard(refs)).isEqualTo(refs);

        assertThat(texts(pull(jobs(), 10))).containsExactly("stays");
        assertThat(warnings(jobs().settle(List.of(ack(lease))))).containsExactly(SettleOutcome.Why.GONE);
        assertThat(jobs().metrics().count()).isEqualTo(1);
        assertThat(jobs().metrics().bytes()).isEqualTo(new ByteSize("stays".length()));
        assertThat(engineQueue(PATIENT).discard(refs)).isEqualTo(refs);
        assertFailure(FailureCode.BAD_REQUEST, () -> jobs().discard(Set.of()));
    }

    @Test
    void a_ref_counts_in_its_queue_alone() {
        jobs().send(Message.text("here"));
        engineQueue(PATIENT).send(Message.text("there"));
        var refs = jobs().peek(1).stream().map(Peeked::ref).collect(Collectors.toSet());

        assertThat(engineQueue(PATIENT).discard(refs)).isEqualTo(refs);

        assertThat(jobs().metrics().count()).isEqualTo(1);
        assertThat(engineQueue(PATIENT).metrics().count()).isEqualTo(1);
    }

    @Test
    void a_purge_removes_what_is_leased_too_and_leaves_other_queues_alone() {
        jobs().send(Message.text("leased"));
        engineQueue(PATIENT).send(Message.text("other"));
        var lease = pull(jobs(), 1).getFirst().id();
        jobs().send(Message.text("ready"));

        jobs().purge();

        assertThat(jobs().metrics()).isEqualTo(empty());
        assertThat(warnings(jobs().settle(List.of(ack(lease))))).containsExactly(SettleOutcome.Why.GONE);
        assertThat(engineQueue(PATIENT).metrics().count()).isEqualTo(1);
    }

    private Queue jobs() {
        return engineQueue(JOBS);
    }

    private Queue engineQueue(QueueDefinition definition) {
        return fixture.engine().queue(definition);
    }

    private SettableClock clock() {
        return fixture.clock();
    }

    private List<Lease> pull(QueueDefinition definition) {
        return pull(engineQueue(definition), 1);
    }

    private QueueMetrics empty() {
        return new QueueMetrics(0, ByteSize.ZERO, clock().instant(), 0);
    }

    private void requires(Ability ability) {
        if (fixture.spares(ability)) {
            throw new NotClaimed(ability);
        }
    }

    private static QueueDefinition queue(String name) {
        return QueueDefinition.of(new QueueName(name));
    }

    private static List<Lease> pull(Queue queue, int count) {
        return queue.pull(new PullRequest(count, VISIBILITY));
    }

    private static Message numbered(int number) {
        return Message.text(Integer.toString(number));
    }

    private static Message large(int size) {
        return Message.of(BodyType.BYTES, bytes(size));
    }

    private static Bytes bytes(int size) {
        return Bytes.copyOf(new byte[size]);
    }

    private static Settlement ack(LeaseId lease) {
        return new Settlement.Ack(lease);
    }

    private static Settlement retry(LeaseId lease) {
        return new Settlement.Retry(lease, Delay.OF_QUEUE);
    }

    private static List<String> texts(List<Lease> leases) {
        return leases.stream().map(lease -> lease.delivery().body().toUtf8()).toList();
    }

    private static List<SettleOutcome.Why> warnings(SettleOutcome outcome) {
        return outcome.warnings().stream().map(SettleOutcome.Warning::why).toList();
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInput.class);
    }
}
