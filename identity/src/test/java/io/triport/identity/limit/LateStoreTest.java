package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.request.StoreLoss;
import io.triport.identity.limit.LeasingRateLimiter.Asking;
import io.triport.testkit.FakeRateLimiter;
import io.triport.testkit.Remaining;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node does before its store's answer, where none comes in the time that a request waits. */
final class LateStoreTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final RateLimit HUNDRED =
            RateLimit.of(LimitAlgorithm.SLIDING_WINDOW, 100, WINDOW, LimitScope.SHARED);

    private final SettableTicker ticker = new SettableTicker();
    private final Link store = new Link(new FakeRateLimiter(ticker));
    private final Queue<Runnable> questions = new ArrayDeque<>();
    private final Presence one = new Presence(store, "one", null);
    private final Presence other = new Presence(store, "other", null);
    private final LeasingRateLimiter late = node(one, questions::add);
    private final LeasingRateLimiter prompt = node(other, Runnable::run);

    @BeforeEach
    void both_nodes_know_each_other() {
        one.tell();
        other.tell();
        one.tell();
    }

    @Test
    void before_a_late_answer_a_node_takes_one_unit_of_a_hundred_and_says_when_to_come_back() {
        assertThat(taken(late, 10)).isEqualTo(1);

        var refused = (Admission.Exhausted) late.take(one(HUNDRED));
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void nobody_waits_for_a_store_that_is_late() {
        late.take(one(HUNDRED));

        assertThat(late.takeNow(one(HUNDRED))).isPresent();
    }

    @Test
    void a_late_answer_pays_what_was_taken_before_it() {
        late.take(one(HUNDRED));

        answer();

        assertThat(Remaining.of(prompt.take(List.of(new Charge("a", HUNDRED, 97)))))
                .isZero();
        assertThat(taken(late, 2)).isEqualTo(2);
    }

    @Test
    void a_late_answer_is_good_for_the_next_request() {
        late.take(one(HUNDRED));
        late.take(one(HUNDRED));

        answer();

        assertThat(late.takeNow(one(HUNDRED)).orElseThrow()).isInstanceOf(Admission.Taken.class);
    }

    @Test
    void what_the_store_had_no_room_for_is_owed_on_and_not_taken_again() {
        prompt.take(List.of(new Charge("a", HUNDRED, 99)));
        late.take(one(HUNDRED));
        prompt.take(one(HUNDRED));
        answer();

        ticker.advance(WINDOW.plusSeconds(1).minusMillis(1));
        prompt.take(List.of(new Charge("a", HUNDRED, 100)));

        assertThat(taken(late, 10)).isZero();
    }

    @Test
    void a_store_that_was_full_is_believed_while_it_is_late() {
        prompt.take(List.of(new Charge("a", HUNDRED, 100)));
        late.take(List.of(new Charge("a", HUNDRED, 2)));
        answer();

        assertThat(taken(late, 10)).isZero();
    }

    @Test
    void a_store_that_was_full_is_believed_while_it_is_away() {
        prompt.take(List.of(new Charge("a", HUNDRED, 100)));
        late.take(List.of(new Charge("a", HUNDRED, 2)));
        answer();

        store.cut = true;
        late.take(one(HUNDRED));
        answer();

        assertThat(taken(late, 10)).isZero();
        ticker.advance(WINDOW.plusSeconds(2));
        assertThat(taken(late, 100)).isEqualTo(50);
    }

    @Test
    void of_what_a_store_had_left_a_node_has_its_part_while_it_is_away() {
        prompt.take(List.of(new Charge("a", HUNDRED, 60)));
        late.take(one(HUNDRED));
        answer();

        store.cut = true;
        ticker.advance(Duration.ofSeconds(1));

        // Of the 38 that were left, and the 2 that it leases still, of which one is paid for what it took.
        assertThat(taken(late, 1)).isEqualTo(1);
        late.take(one(HUNDRED));
        answer();
        assertThat(taken(late, 100)).isBetween(15, 19);
    }

    @Test
    void a_store_that_has_not_answered_for_a_second_is_away_and_each_node_has_its_part() {
        taken(late, 10);

        ticker.advance(Duration.ofSeconds(1));

        assertThat(taken(late, 100)).isEqualTo(49);
    }

    @Test
    void a_node_that_is_alone_counts_by_itself_while_an_answer_is_late() {
        var store = new Link(new FakeRateLimiter(ticker));
        var sole = new LeasingRateLimiter(
                store,
                new Presence(store, "sole", null),
                ticker,
                limit -> 10,
                new Asking(Duration.ZERO, questions::add));

        assertThat(taken(sole, 200)).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"DENY", "ALLOW"})
    void limits_that_deny_or_allow_do_so_before_a_late_answer_too(StoreLoss loss) {
        var limit = new RateLimit(LimitAlgorithm.SLIDING_WINDOW, 100, WINDOW, 100, LimitScope.SHARED, loss);

        if (loss == StoreLoss.DENY) {
            assertThatThrownBy(() -> late.take(one(limit))).isInstanceOf(StorageFailure.Unavailable.class);
        } else {
            assertThat(late.take(one(limit))).isInstanceOf(Admission.Taken.class);
            assertThat(late.uncounted()).isEqualTo(1);
        }
    }

    private LeasingRateLimiter node(Presence presence, Executor threads) {
        return new LeasingRateLimiter(store, presence, ticker, limit -> 10, new Asking(Duration.ZERO, threads));
    }

    private void answer() {
        while (!questions.isEmpty()) {
            questions.remove().run();
        }
    }

    private static int taken(LeasingRateLimiter limiter, int requests) {
        var taken = 0;
        for (var i = 0; i < requests; i++) {
            taken += limiter.take(one(HUNDRED)) instanceof Admission.Taken ? 1 : 0;
        }
        return taken;
    }

    private static List<Charge> one(RateLimit limit) {
        return List.of(new Charge("a", limit, 1));
    }

    /** A store whose link a test cuts. */
    private static final class Link implements SharedRateLimiter {
        private final SharedRateLimiter limiter;
        private boolean cut;

        private Link(SharedRateLimiter limiter) {
            this.limiter = limiter;
        }

        @Override
        public Admission take(List<Charge> charges) {
            requireLink();
            return limiter.take(charges);
        }

        @Override
        public int nodes(String node, Duration silence) {
            requireLink();
            return limiter.nodes(node, silence);
        }

        private void requireLink() {
            if (cut) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "cut");
            }
        }
    }
}
