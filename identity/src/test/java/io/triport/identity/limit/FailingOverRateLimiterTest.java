package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.storage.FailureCode;
import io.triport.domain.storage.StorageFailure;
import io.triport.testkit.FakeRateLimiter;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class FailingOverRateLimiterTest {
    private static final RateLimit OF_ALL = new RateLimit(4, Duration.ofHours(1), 4, LimitScope.SHARED);
    private static final RateLimit OF_NODE = new RateLimit(3, Duration.ofHours(1), 3, LimitScope.LOCAL);

    private final SettableTicker ticker = new SettableTicker();
    private final Cuttable shared = new Cuttable(new FakeRateLimiter(ticker));
    private final FailingOverRateLimiter first = node();
    private final FailingOverRateLimiter second = node();
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
        assertThat(first.take(ofAll(3))).isEqualTo(new Admission.Taken(1));

        assertThat(second.take(ofAll(2))).isInstanceOf(Admission.Exhausted.class);
        assertThat(second.take(ofAll(1))).isEqualTo(new Admission.Taken(0));
    }

    @Test
    void nodes_count_a_local_limit_each() {
        first.take(ofNode(3));

        assertThat(second.take(ofNode(3))).isEqualTo(new Admission.Taken(0));
        assertThat(shared.asked).isZero();
    }

    @Test
    void what_the_shared_limit_refuses_is_not_taken_from_the_local_one() {
        second.take(ofAll(4));

        assertThat(first.take(both(2, 1)))
                .isInstanceOfSatisfying(
                        Admission.Exhausted.class,
                        exhausted -> assertThat(exhausted.limit()).isEqualTo(OF_ALL));
        assertThat(first.take(ofNode(3))).isEqualTo(new Admission.Taken(0));
    }

    @Test
    void what_the_local_limit_refuses_is_not_taken_from_the_shared_one() {
        first.take(ofNode(3));

        assertThat(first.take(both(1, 1)))
                .isInstanceOfSatisfying(
                        Admission.Exhausted.class,
                        exhausted -> assertThat(exhausted.limit()).isEqualTo(OF_NODE));
        assertThat(first.take(ofAll(4))).isEqualTo(new Admission.Taken(0));
    }

    @Test
    void of_both_limits_the_emptier_bucket_is_told() {
        assertThat(first.take(both(1, 2))).isEqualTo(new Admission.Taken(2));
        assertThat(first.take(both(1, 1))).isEqualTo(new Admission.Taken(1));
    }

    @Test
    void while_the_shared_limits_are_away_each_node_counts_them_by_itself() {
        first.take(ofAll(4));
        shared.cut = true;

        assertThat(first.take(both(2, 3))).isEqualTo(new Admission.Taken(1));
        assertThat(first.take(ofAll(2))).isInstanceOf(Admission.Exhausted.class);
        assertThat(second.take(ofAll(4))).isEqualTo(new Admission.Taken(0));
        assertThat(first.take(ofNode(1))).isEqualTo(new Admission.Taken(0));
    }

    @Test
    void while_they_are_away_they_are_asked_once_in_a_second() {
        shared.cut = true;
        for (var i = 0; i < 10; i++) {
            first.take(ofAll(1));
        }
        assertThat(shared.asked).isEqualTo(1);

        ticker.advance(Duration.ofSeconds(1));
        first.take(ofAll(1));
        first.take(ofAll(1));

        assertThat(shared.asked).isEqualTo(2);
    }

    @Test
    void they_are_used_again_when_they_answer() {
        first.take(ofAll(3));
        shared.cut = true;
        first.take(ofAll(1));
        shared.cut = false;

        ticker.advance(Duration.ofSeconds(1));

        assertThat(first.take(ofAll(2))).isInstanceOf(Admission.Exhausted.class);
        assertThat(second.take(ofAll(1))).isEqualTo(new Admission.Taken(0));
    }

    @Test
    void a_change_is_logged_once_each_way() {
        shared.cut = true;
        for (var i = 0; i < 5; i++) {
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

    private FailingOverRateLimiter node() {
        return new FailingOverRateLimiter(shared, new LocalRateLimiter(ticker), ticker);
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

    /** A limiter whose link a test cuts. */
    private static final class Cuttable implements RateLimiter {
        private final RateLimiter limiter;
        private boolean cut;
        private int asked;

        private Cuttable(RateLimiter limiter) {
            this.limiter = limiter;
        }

        @Override
        public Admission take(List<Charge> charges) {
            asked++;
            if (cut) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "cut");
            }
            return limiter.take(charges);
        }
    }
}
