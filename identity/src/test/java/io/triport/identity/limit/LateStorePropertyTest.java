package io.triport.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.LimitAlgorithm;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.identity.limit.LeasingRateLimiter.Asking;
import io.triport.testkit.FakeRateLimiter;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Nodes whose store answers within a second, but never before a request has run out of patience. */
final class LateStorePropertyTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration LATEST = Duration.ofMillis(900);
    private static final int LONGEST_STEP_MILLIS = 80;

    @Property(tries = 20)
    void two_nodes_admit_at_most_a_twentieth_more(@ForAll long seed, @ForAll @IntRange(min = 80, max = 300) int limit) {
        var served = new Served(2, limit, new Random(seed));

        assertThat(served.most()).isBetween(limit * 8 / 10, limit + limit / 20);
    }

    @Property(tries = 20)
    void more_nodes_admit_at_most_a_twentieth_more_for_each_but_one(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 6) int nodes) {
        var served = new Served(nodes, 100, new Random(seed));

        assertThat(served.most()).isBetween(80, 100 + (nodes - 1) * 5);
    }

    /** Three minutes in which requests come much faster than they are admitted, with some moments of rest. */
    private static final class Served {
        private final SettableTicker ticker = new SettableTicker();
        private final SteppedStore store = new SteppedStore(new FakeRateLimiter(ticker), ticker);
        private final List<Long> times = new ArrayList<>();
        private final List<Charge> charge;
        private final List<LeasingRateLimiter> nodes;
        private final Random random;

        private Served(int nodes, int limit, Random random) {
            this.charge = List.of(
                    new Charge("a", RateLimit.of(LimitAlgorithm.SLIDING_WINDOW, limit, WINDOW, LimitScope.SHARED), 1));
            this.nodes = nodes(nodes);
            this.random = random;
            var end = ticker.nanos() + 3 * WINDOW.toNanos();
            while (ticker.nanos() < end) {
                come(random.nextInt(20));
                pass(Duration.ofMillis(random.nextInt(LONGEST_STEP_MILLIS)));
                if (random.nextInt(200) == 0) {
                    rest(Duration.ofSeconds(random.nextInt(60)));
                }
            }
        }

        private void come(int requests) {
            for (var i = 0; i < requests; i++) {
                var node = nodes.get(random.nextInt(nodes.size()));
                if (node.take(charge) instanceof Admission.Taken) {
                    times.add(ticker.nanos());
                }
                if (random.nextInt(8) == 0) {
                    store.begin();
                    store.step(random);
                }
            }
        }

        private void pass(Duration time) {
            store.begin();
            ticker.advance(time);
            store.answerAllOlderThan(LATEST);
            store.begin();
        }

        private void rest(Duration time) {
            store.answerAllOlderThan(Duration.ZERO);
            ticker.advance(time);
        }

        private List<LeasingRateLimiter> nodes(int number) {
            var all = new ArrayList<Presence>();
            for (var i = 0; i < number; i++) {
                all.add(new Presence(store, "node " + i, null));
            }
            all.forEach(Presence::tell);
            all.forEach(Presence::tell);
            return all.stream()
                    .map(presence -> new LeasingRateLimiter(
                            store, presence, ticker, limit -> 10, new Asking(Duration.ZERO, store)))
                    .toList();
        }

        private int most() {
            var most = 0;
            var from = 0;
            for (var to = 0; to < times.size(); to++) {
                while (times.get(to) - times.get(from) >= WINDOW.toNanos()) {
                    from++;
                }
                most = Math.max(most, to - from + 1);
            }
            return most;
        }
    }
}
