package io.triport.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.queue.Lease;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.QueueName;
import io.triport.testkit.KilledQueueWork;
import io.triport.testkit.KilledSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of a queue is there when a process that worked on it was killed. The tag of a test names the case that it belongs to. */
@Timeout(240)
public abstract class KilledQueueContract {
    /** What is done until the kill. */
    public enum Work {
        SEND,
        TAKE,
        FAIL
    }

    public static final QueueDefinition DEAD = QueueDefinition.of(new QueueName("dead"));
    public static final QueueDefinition JOBS =
            QueueDefinition.of(new QueueName("jobs")).retried(0, Duration.ZERO).deadLettersTo(DEAD);

    public static final QueueDefinition PATIENT = QueueDefinition.of(new QueueName("patient"));

    private static final int ROUNDS = 5;
    private static final int SENT_IN_A_ROUND = 2_000;
    private static final int NUMBERS_OF_A_ROUND = 1_000_000;

    /** Kills a process that works on {@link #JOBS}, or takes from {@link #PATIENT}, when it has told so many steps. @return all that it told */
    protected abstract List<Integer> kill(Work work, int from, int told);

    /** The queue over what the killed ones have left, at the time of {@link #advance}; the same until the next kill. */
    protected abstract Queue open(QueueDefinition definition);

    protected abstract void advance(Duration time);

    @Test
    @Tag("Q-12")
    void of_ten_thousand_answered_sends_none_is_lost_whatever_is_killed_meanwhile() {
        var told = new HashSet<Integer>();
        for (var round = 0; round < ROUNDS; round++) {
            told.addAll(kill(Work.SEND, round * NUMBERS_OF_A_ROUND, SENT_IN_A_ROUND));
        }

        var found = drained(open(JOBS));

        assertThat(told).hasSizeGreaterThanOrEqualTo(ROUNDS * SENT_IN_A_ROUND);
        assertThat(found).doesNotHaveDuplicates();
        assertThat(new HashSet<>(found)).containsAll(told);
        // Of each sender one more may have been kept whose answer did not leave.
        assertThat(found.size() - told.size()).isBetween(0, ROUNDS * 16);
    }

    @Test
    @Tag("Q-13")
    void what_a_killed_consumer_had_comes_again_after_its_visibility_and_nothing_of_it_before() {
        send(PATIENT, 200);
        var taken = kill(Work.TAKE, 0, 50);

        var before = pulled(open(PATIENT));
        advance(QueueLimits.VISIBILITY);
        var after = pulled(open(PATIENT));

        assertThat(before).doesNotContainAnyElementsOf(taken).doesNotHaveDuplicates();
        assertThat(after).containsAll(taken).doesNotHaveDuplicates().hasSize(200);
    }

    @Test
    @Tag("Q-14")
    void a_message_is_in_its_queue_or_among_the_dead_letters_when_who_moved_it_was_killed() {
        send(JOBS, 400);
        var moved = kill(Work.FAIL, 0, 100);

        var dead = drained(open(DEAD));
        advance(QueueLimits.VISIBILITY);
        var left = drained(open(JOBS));
        var late = drained(open(DEAD));

        assertThat(dead).containsAll(moved);
        var all = new ArrayList<>(dead);
        all.addAll(left);
        all.addAll(late);
        assertThat(all).doesNotHaveDuplicates().hasSize(400);
        assertThat(late.size()).isBetween(0, 1);
    }

    private void send(QueueDefinition definition, int count) {
        var queue = open(definition);
        IntStream.range(0, count).forEach(number -> queue.send(Message.text(KilledSender.text(number))));
    }

    private static List<Integer> pulled(Queue queue) {
        var found = new ArrayList<Integer>();
        for (var some = pull(queue); !some.isEmpty(); some = pull(queue)) {
            some.forEach(lease -> found.add(number(lease)));
        }
        return found;
    }

    private static List<Integer> drained(Queue queue) {
        var found = new ArrayList<Integer>();
        for (var some = pull(queue); !some.isEmpty(); some = pull(queue)) {
            some.forEach(lease -> found.add(number(lease)));
            queue.settle(some.stream()
                    .<Settlement>map(lease -> new Settlement.Ack(lease.id()))
                    .toList());
        }
        return found;
    }

    private static List<Lease> pull(Queue queue) {
        return queue.pull(PullRequest.of(QueueLimits.BATCH_MESSAGES));
    }

    private static int number(Lease lease) {
        return KilledQueueWork.number(lease.delivery().body().toUtf8());
    }
}
