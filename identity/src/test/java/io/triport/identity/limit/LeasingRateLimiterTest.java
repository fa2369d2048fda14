package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeRateLimiter;
import io.triport.testkit.Remaining;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

final class LeasingRateLimiterTest {
    private static final RateLimit OF_ALL = new RateLimit(4, Duration.ofHours(1), 4, LimitScope.SHARED);
    private static final RateLimit OF_NODE = new RateLimit(3, Duration.ofHours(1), 3, LimitScope.LOCAL);

    private static final RateLimit THOUSAND =
            RateLimit.of(LimitAlgorithm.SLIDING_WINDOW, 1_000, Duration.ofHours(1), LimitScope.SHARED);

    /** No test ends by it. */
    private static final Duration PATIENT = Duration.ofMinutes(2);

    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final SettableTicker ticker = new SettableTicker();
    private final Cuttable shared = new Cuttable(new FakeRateLimiter(ticker));
    private final LeasingRateLimiter first = node("first");
    private final LeasingRateLimiter second = node("second");
    private final Logger logger = (Logger) LoggerFactory.getLogger("triport.request");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void nodes_count_a_shared_limit_together() {
        assertThat(Remaining.of(first.take(ofAll(3)))).isEqualTo(1);

        assertThat(second.take(ofAll(2))).isInstanceOf(Admission.Exhausted.class);
        assertThat(Remaining.of(second.take(ofAll(1)))).isEqualTo(0);
    }

    @Test
    void nodes_count_a_local_limit_each() {
        first.take(ofNode(3));

        assertThat(Remaining.of(second.take(ofNode(3)))).isEqualTo(0);
        assertThat(shared.asked.get()).isZero();
    }

    @Test
    void what_the_shared_limit_refuses_is_not_taken_from_the_local_one() {
        second.take(ofAll(4));

        assertThat(first.take(both(2, 1)))
                .isInstanceOfSatisfying(
                        Admission.Exhausted.class,
                        exhausted -> assertThat(exhausted.limit()).isEqualTo(OF_ALL));
        assertThat(Remaining.of(first.take(ofNode(3)))).isEqualTo(0);
    }

    @Test
    void what_the_local_limit_refuses_is_not_taken_from_the_shared_one() {
        first.take(ofNode(3));

        assertThat(first.take(both(1, 1)))
                .isInstanceOfSatisfying(
                        Admission.Exhausted.class,
                        exhausted -> assertThat(exhausted.limit()).isEqualTo(OF_NODE));
        assertThat(Remaining.of(first.take(ofAll(4)))).isEqualTo(0);
    }

    @Test
    void of_both_limits_the_emptier_bucket_is_told() {
        assertThat(Remaining.of(first.take(both(1, 2)))).isEqualTo(2);
        assertThat(Remaining.of(first.take(both(1, 1)))).isEqualTo(1);
    }

    @Test
    void while_the_shared_limits_are_away_each_node_counts_them_by_itself() {
        first.take(ofAll(1));
        shared.cut = true;

        assertThat(first.take(both(2, 3))).isInstanceOf(Admission.Taken.class);
        assertThat(first.take(ofAll(1))).isInstanceOf(Admission.Exhausted.class);
        assertThat(second.take(ofAll(4))).isInstanceOf(Admission.Taken.class);
        assertThat(Remaining.of(first.take(ofNode(1)))).isEqualTo(0);
    }

    @Test
    void while_they_are_away_they_are_asked_once_in_a_second() {
        shared.cut = true;
        for (var i = 0; i < 10; i++) {
            first.take(thousand(1));
        }
        assertThat(shared.asked.get()).isEqualTo(1);

        ticker.advance(Duration.ofSeconds(1));
        first.take(thousand(1));
        first.take(thousand(1));

        assertThat(shared.asked.get()).isEqualTo(2);
    }

    @Test
    void they_are_used_again_when_they_answer() {
        first.take(ofAll(3));
        shared.cut = true;
        first.take(ofAll(1));
        shared.cut = false;

        ticker.advance(Duration.ofSeconds(1));

        assertThat(first.take(ofAll(2))).isInstanceOf(Admission.Exhausted.class);
        assertThat(Remaining.of(second.take(ofAll(1)))).isEqualTo(0);
    }

    @Test
    void most_requests_ask_nobody() {
        for (var i = 0; i < 500; i++) {
            assertThat(first.take(thousand(1))).isInstanceOf(Admission.Taken.class);
        }

        assertThat(shared.asked.get()).isLessThanOrEqualTo(25);
    }

    @Test
    void one_node_gets_all_of_a_limit_and_no_more() {
        assertThat(takenOf(1_100, first)).isEqualTo(1_000);
    }

    @Test
    void a_refusal_of_the_store_is_remembered_until_its_time_is_over() {
        first.take(thousand(1_000));
        assertThat(second.take(thousand(1))).isInstanceOf(Admission.Exhausted.class);
        var before = shared.asked.get();

        for (var i = 0; i < 100; i++) {
            assertThat(second.takeNow(thousand(1)).orElseThrow()).isInstanceOf(Admission.Exhausted.class);
        }

        assertThat(shared.asked.get()).isEqualTo(before);
        var wait = ((Admission.Exhausted) second.take(thousand(1))).retryAfter();
        ticker.advance(wait);
        assertThat(second.take(thousand(1))).isInstanceOf(Admission.Taken.class);
    }

    @Test
    void units_of_a_lease_end_with_the_window_in_which_they_were_counted() {
        first.take(thousand(1));
        ticker.advance(Duration.ofHours(2));
        var before = shared.asked.get();

        first.take(thousand(1));

        assertThat(shared.asked.get()).isGreaterThan(before);
    }

    @Test
    void an_event_loop_gets_an_answer_at_once_or_is_told_that_it_would_have_to_wait() {
        shared.silence = new CountDownLatch(1);
        assertThat(first.takeNow(thousand(1))).isEmpty();

        shared.silence.countDown();

        assertThat(first.take(thousand(1))).isInstanceOf(Admission.Taken.class);
        assertThat(first.takeNow(thousand(1))).isPresent();
        assertThat(shared.asked.get()).isEqualTo(1);
    }

    @Test
    void many_at_once_on_an_empty_bucket_ask_once_for_each_lease() {
        var admissions = AtOnce.run(20, caller -> () -> first.take(thousand(1)));

        assertThat(admissions).allSatisfy(admission -> assertThat(admission).isInstanceOf(Admission.Taken.class));
        assertThat(shared.asked.get()).isEqualTo(1);
    }

    @Test
    void nobody_waits_longer_than_his_patience_for_a_silent_store() {
        var impatient = node(present("third"), new Asking(Duration.ofMillis(1), THREADS));
        shared.silence = new CountDownLatch(1);

        assertThat(impatient.take(thousand(1))).isInstanceOf(Admission.Taken.class);

        assertThat(impatient.takeNow(thousand(1))).isPresent();
        shared.silence.countDown();
    }

    @Test
    void what_a_node_took_alone_is_charged_before_it_leases_again() {
        var one = present("one");
        var first = prompt(one);
        var second = prompt(present("two"));
        one.tell();
        first.take(thousand(1));
        second.take(thousand(1));
        shared.cut = true;
        for (var i = 0; i < 1_000; i++) {
            first.take(thousand(1));
        }
        shared.cut = false;
        ticker.advance(Duration.ofSeconds(1));
        first.take(thousand(1));

        assertThat(takenOf(1_000, second)).isBetween(450, 500);
    }

    @Test
    void a_node_that_starts_knows_of_the_others_before_its_first_request() {
        shared.nodes("early", Duration.ofSeconds(15));
        shared.nodes("late", Duration.ofSeconds(15));
        try (var presence = Presence.begin(shared, "later")) {
            var another = new LeasingRateLimiter(shared, presence, ticker, limit -> 10);
            shared.cut = true;

            assertThat(takenOf(1_000, another)).isEqualTo(333);
        }
    }

    @Test
    void a_node_starts_while_the_store_is_away() {
        shared.cut = true;

        try (var presence = Presence.begin(shared, "late")) {
            assertThat(new LeasingRateLimiter(shared, presence, ticker, limit -> 10).take(thousand(1)))
                    .isInstanceOf(Admission.Taken.class);
        }
    }

    @Test
    void alone_a_node_has_its_part_of_the_limit() {
        var one = present("one");
        var first = prompt(one);
        present("two");
        one.tell();
        first.take(thousand(26));
        first.take(thousand(1));
        shared.cut = true;

        var taken = takenOf(1_000, first);

        // 27 of its 500 were taken before; 19 units were still leased and come on top.
        assertThat(taken).isBetween(473, 473 + 19);
    }

    @Test
    void a_limit_that_denies_says_that_it_cannot_be_known() {
        var denying = with(StoreLoss.DENY);
        shared.cut = true;

        assertThatThrownBy(() -> first.take(denying)).isInstanceOf(StorageFailure.Unavailable.class);
        assertThatThrownBy(() -> first.takeNow(denying)).isInstanceOf(StorageFailure.Unavailable.class);
    }

    @Test
    void a_limit_that_allows_lets_everything_pass_and_counts_it() {
        var allowing = with(StoreLoss.ALLOW);
        shared.cut = true;

        for (var i = 0; i < 10; i++) {
            assertThat(first.take(allowing)).isInstanceOf(Admission.Taken.class);
        }

        assertThat(first.uncounted()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(names = {"SLIDING_WINDOW", "SLIDING_LOG", "TOKEN_BUCKET"})
    void all_nodes_together_stay_within_the_limit_and_a_twentieth_for_each_but_one(LimitAlgorithm algorithm) {
        var limit = RateLimit.of(algorithm, 200, Duration.ofSeconds(60), LimitScope.SHARED);
        var nodes = List.of(first, second, node("third"));
        var random = new Random(42);
        var times = new ArrayList<Long>();

        for (var step = 0; step < 6_000; step++) {
            ticker.advance(Duration.ofMillis(random.nextInt(120)));
            var node = nodes.get(random.nextInt(nodes.size()));
            if (node.take(List.of(new Charge("a", limit, 1))) instanceof Admission.Taken) {
                times.add(ticker.nanos());
            }
        }

        var most = algorithm == LimitAlgorithm.TOKEN_BUCKET ? 400 : 200;
        assertThat(mostWithin(times, Duration.ofSeconds(60))).isBetween(most / 2, most + 2 * 10);
    }

    @Test
    void a_change_is_logged_once_each_way() {
        shared.cut = true;
        for (var i = 0; i < 3; i++) {
            first.take(ofAll(1));
            ticker.advance(Duration.ofSeconds(1));
        }
        shared.cut = false;
        first.take(ofAll(1));
        first.take(ofAll(1));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "limits shared=false consequence=\"each node counts by itself\"", "limits shared=true");
    }

    private LeasingRateLimiter node(String name) {
        return node(new Presence(shared, name, null), new Asking(PATIENT, THREADS));
    }

    private LeasingRateLimiter node(Presence presence, Asking asking) {
        return new LeasingRateLimiter(shared, presence, ticker, limit -> 1_000, asking);
    }

    private Presence present(String name) {
        var presence = new Presence(shared, name, null);
        presence.tell();
        return presence;
    }

    /** Asks the store on the caller's own thread, so that all is done when a call returns. */
    private LeasingRateLimiter prompt(Presence presence) {
        return node(presence, new Asking(PATIENT, Runnable::run));
    }

    private static int takenOf(int requests, LeasingRateLimiter limiter) {
        var taken = 0;
        for (var i = 0; i < requests; i++) {
            taken += limiter.take(thousand(1)) instanceof Admission.Taken ? 1 : 0;
        }
        return taken;
    }

    private static List<Charge> ofAll(long cost) {
        return List.of(new Charge("all", OF_ALL, cost));
    }

    private static List<Charge> ofNode(long cost) {
        return List.of(new Charge("node", OF_NODE, cost));
    }

    private static List<Charge> both(long ofNode, long ofAll) {
        return List.of(new Charge("node", OF_NODE, ofNode), new Charge("all", OF_ALL, ofAll));
    }

    private static List<Charge> thousand(long cost) {
        return List.of(new Charge("thousand", THOUSAND, cost));
    }

    private static List<Charge> with(StoreLoss loss) {
        var limit = new RateLimit(LimitAlgorithm.FIXED, 4, Duration.ofHours(1), 4, LimitScope.SHARED, loss);
        return List.of(new Charge("loss", limit, 1));
    }

    private static int mostWithin(List<Long> times, Duration window) {
        var most = 0;
        var from = 0;
        for (var to = 0; to < times.size(); to++) {
            while (times.get(to) - times.get(from) >= window.toNanos()) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** A store whose link a test cuts. */
    private static final class Cuttable implements SharedRateLimiter {
        private final SharedRateLimiter limiter;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean cut;
        private volatile CountDownLatch silence = new CountDownLatch(0);

        private Cuttable(SharedRateLimiter limiter) {
            this.limiter = limiter;
        }

        @Override
        public Admission take(List<Charge> charges) {
            asked.incrementAndGet();
            try {
                silence.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
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
