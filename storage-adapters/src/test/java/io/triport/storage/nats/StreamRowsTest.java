package io.triport.storage.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.time.Randomness;
import io.triport.storage.nats.MemoryStream.Fate;
import io.triport.storage.queue.Queues;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What nodes make of a stream whose answers are lost, whose front is removed, or which is another one. */
final class StreamRowsTest {
    private static final QueueDefinition JOBS = QueueDefinition.of(new QueueName("jobs"));

    private final SettableClock clock = SettableClock.anywhere();
    private final MemoryStream stream = new MemoryStream();
    private final Queue queue = node();

    @Test
    void a_send_whose_answer_was_lost_has_one_effect() {
        for (var fate : List.of(Fate.ADDED_UNANSWERED, Fate.LOST_UNANSWERED, Fate.LATE_UNANSWERED)) {
            stream.next(fate);
            queue.send(Message.text(fate.name()));
        }
        stream.next(Fate.LOST_UNANSWERED, Fate.LATE_UNANSWERED, Fate.LOST_UNANSWERED, Fate.ADDED_UNANSWERED);
        queue.send(Message.text("of many"));

        assertThat(texts(node())).containsExactly("ADDED_UNANSWERED", "LOST_UNANSWERED", "LATE_UNANSWERED", "of many");
    }

    @Test
    void the_id_of_a_send_whose_answer_was_lost_is_that_of_the_message_that_is_there() {
        stream.next(Fate.LATE_UNANSWERED);

        var id = queue.send(Message.text("a").once(DedupId.of("d")));

        assertThat(node().peek(10)).extracting(peeked -> peeked.delivery().id()).containsExactly(id);
        assertThat(node().send(Message.text("b").once(DedupId.of("d")))).isEqualTo(id);
    }

    @Test
    void what_nobody_answers_any_more_has_an_unknown_outcome_and_what_was_never_sent_has_not() {
        queue.send(Message.text("before"));
        stream.away(true);
        assertFailure(FailureCode.UNAVAILABLE, () -> queue.send(Message.text("never")));
        stream.away(false);
        var falling = new FallingStream(stream);
        var other = node(falling);
        other.metrics();

        assertFailure(FailureCode.OUTCOME_UNKNOWN, () -> other.send(Message.text("perhaps")));

        assertFailure(FailureCode.UNAVAILABLE, other::metrics);
        stream.away(false);
        assertThat(texts(queue)).containsExactly("before", "perhaps");
        assertThat(texts(other)).isEmpty();
    }

    @Test
    void a_node_that_knows_little_sees_what_others_have_sent_and_leased() {
        var other = node();
        queue.send(Message.text("a"));

        var lease = other.pull(PullRequest.STANDARD).getFirst();

        assertThat(queue.pull(PullRequest.STANDARD)).isEmpty();
        assertThat(queue.settle(List.of(new Settlement.Ack(lease.id()))).acked())
                .isEqualTo(1);
        assertThat(other.metrics().count()).isZero();
    }

    @Test
    void the_stream_stays_short_and_who_comes_late_sees_the_same() {
        var body = Bytes.copyOf(new byte[10]);
        queue.send(Message.text("stays").once(DedupId.of("d")).delayed(Delay.of(Duration.ofHours(1))));
        for (var number = 0; number < 1_500; number++) {
            queue.send(Message.of(BodyType.BYTES, body));
            queue.settle(queue.pull(PullRequest.of(1)).stream()
                    .<Settlement>map(lease -> new Settlement.Ack(lease.id()))
                    .toList());
        }

        assertThat(stream.size()).isLessThan(3_000);
        var late = node();
        assertThat(late.metrics()).isEqualTo(queue.metrics());
        assertThat(late.metrics().count()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(9));
        assertThat(late.send(Message.text("again").once(DedupId.of("d"))))
                .isEqualTo(queue.peek(1).getFirst().delivery().id());
        clock.advance(Duration.ofHours(1));
        assertThat(texts(late)).containsExactly("stays");
    }

    @Test
    void a_node_that_was_away_while_the_front_was_removed_reads_everything_anew() {
        var sleeper = node();
        sleeper.send(Message.text("first"));
        for (var number = 0; number < 1_000; number++) {
            drain(queue);
            queue.send(Message.text("number " + number));
        }

        assertThat(texts(sleeper)).containsExactly("number 999");
    }

    @Test
    void bodies_that_are_not_remembered_are_read_again() {
        var large = IntStream.range(0, 300)
                .mapToObj(number -> Bytes.copyOf(new byte[100_000 + number]))
                .toList();
        large.forEach(body -> queue.send(Message.of(BodyType.BYTES, body)));

        var found = new ArrayList<Bytes>();
        for (var some = queue.pull(PullRequest.of(100)); !some.isEmpty(); some = queue.pull(PullRequest.of(100))) {
            some.forEach(lease -> found.add(lease.delivery().body()));
        }

        assertThat(found).isEqualTo(large);
    }

    @Test
    void a_dead_letter_keeps_its_body_when_the_message_that_had_it_is_long_gone() {
        var dead = QueueDefinition.of(new QueueName("dead"));
        var failing = JOBS.retried(0, Duration.ZERO).deadLettersTo(dead);
        var nodes = nodes(stream);
        var jobs = nodes.apply(failing);
        jobs.send(Message.text("poison"));
        var lease = jobs.pull(PullRequest.of(1)).getFirst().id();
        jobs.settle(List.of(new Settlement.Retry(lease, Delay.NONE)));
        for (var number = 0; number < 1_000; number++) {
            jobs.send(Message.text("other"));
            drain(jobs);
        }

        assertThat(texts(nodes(stream).apply(dead))).containsExactly("poison");
    }

    @Test
    void a_stream_that_was_made_anew_is_begun_anew() {
        queue.send(Message.text("lost"));
        stream.makeAnew();

        assertThat(queue.metrics().count()).isZero();
        queue.send(Message.text("kept"));
        assertThat(texts(node())).containsExactly("kept");
    }

    @Test
    void a_stream_that_somebody_emptied_has_empty_queues_for_every_node() {
        queue.send(Message.text("gone"));
        stream.cut(Long.MAX_VALUE);

        assertThat(queue.metrics().count()).isZero();
        assertThat(node().metrics().count()).isZero();
        queue.send(Message.text("kept"));
        assertThat(texts(node())).containsExactly("kept");
    }

    @Test
    void a_body_that_is_missing_is_told() {
        queue.send(Message.text("before"));
        queue.send(Message.of(BodyType.BYTES, Bytes.copyOf(new byte[100])));
        for (var number = 0; number < 170; number++) {
            queue.send(Message.of(BodyType.BYTES, Bytes.copyOf(new byte[100_000])));
        }
        stream.lose(2);

        assertThatThrownBy(() -> queue.peek(2))
                .isInstanceOf(StorageFailure.Corrupt.class)
                .hasMessage("nats: the stream has no entry 2");
        assertThat(queue.peek(1)).hasSize(1);
    }

    @Test
    void dedup_ids_whose_time_has_ended_make_room_for_others() {
        for (var number = 0; number < 100; number++) {
            queue.send(Message.text("a").once(DedupId.of("old " + number)));
        }
        clock.advance(Duration.ofMinutes(10));
        for (var number = 0; number < 100; number++) {
            queue.send(Message.text("b").once(DedupId.of("new " + number)));
        }

        var replica = new Replica(stream, Randomness.system());
        replica.follow();
        assertThat(replica.rows()).isEqualTo(200 + 100 + 1);
    }

    @Test
    void what_is_no_entry_or_is_missing_is_told_and_not_passed_over() {
        queue.send(Message.text("a"));
        queue.send(Message.text("b"));
        queue.send(Message.text("c"));

        stream.damage(2);
        assertThatThrownBy(() -> node().metrics()).isInstanceOf(StorageFailure.Corrupt.class);
        stream.lose(2);
        assertThatThrownBy(() -> node().metrics())
                .isInstanceOf(StorageFailure.Corrupt.class)
                .hasMessage("nats: the stream has no entry 2");
    }

    /** A node of its own on the stream. */
    private Queue node() {
        return node(stream);
    }

    private Queue node(EntryStream to) {
        return nodes(to).apply(JOBS);
    }

    private Function<QueueDefinition, Queue> nodes(EntryStream to) {
        var seal = new CursorSeal(Bytes.copyOf(new byte[32]), clock);
        var rows = new StreamRows(new Replica(to, Randomness.system()), Duration.ofSeconds(60));
        var queues = new Queues(seal, clock, Randomness.system());
        return definition -> queues.queue(definition, rows);
    }

    private static void drain(Queue queue) {
        queue.settle(queue.pull(PullRequest.of(100)).stream()
                .<Settlement>map(lease -> new Settlement.Ack(lease.id()))
                .toList());
    }

    private static List<String> texts(Queue queue) {
        return queue.pull(PullRequest.of(100)).stream()
                .map(lease -> lease.delivery().body().toUtf8())
                .toList();
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** Goes away with the first entry that it takes. */
    private record FallingStream(MemoryStream stream) implements EntryStream {
        @Override
        public Extent extent() {
            return stream.extent();
        }

        @Override
        public Map<Long, Bytes> read(Collection<Long> numbers) {
            return stream.read(numbers);
        }

        @Override
        public Appended append(long behind, byte[] entry) {
            stream.next(Fate.ADDED_UNANSWERED);
            var appended = stream.append(behind, entry);
            stream.away(true);
            return appended;
        }

        @Override
        public void cut(long before) {
            stream.cut(before);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
