package io.triport.identity.crl;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The revocation lists that one distribution point has (RFC 5280 section 4.2.1.13). Safe for many threads. */
public final class PublishedLists {
    /*
     * When. At the start, and again at half of the time that the lists have left, an hour at most; after a failure soon, and then
     * ever later. A fetch is begun by who asks for the lists or for readiness. For the first one, whatever comes of it, who asks for
     * the lists waits, 2 s at most and no more than a number of them at once; for any other nobody does.
     *
     * What is taken. A point may be asked over plain http, so what it says is believed for the signature alone: each list is
     * signed by a trusted authority, tells of all that the authority revoked, and is not older than the one before, or all
     * stays as it was. A list that has ended stays too: it can still revoke, but clears nobody.
     */
    private static final Logger LOG = LoggerFactory.getLogger(PublishedLists.class);
    private static final Duration SOONEST = Duration.ofSeconds(5);
    private static final Duration LATEST = Duration.ofHours(1);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 6;
    private static final int JITTER_STEPS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_WAITING = 256;

    private final CrlUrl url;
    private final Supplier<List<X509Certificate>> authorities;
    private final Surroundings around;
    private final AtomicReference<@Nullable RevocationLists> held = new AtomicReference<>();
    private final AtomicBoolean flight = new AtomicBoolean();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final AtomicLong nextFetch;
    private final AtomicLong failuresInARow = new AtomicLong();

    /** Who fetches, and when it is. */
    public static final class Surroundings {
        private final CrlClient client;
        private final Executor background;
        private final Clock clock;
        private final Ticker ticker;
        private final Randomness randomness;

        Surroundings(CrlClient client, Executor background, Clock clock, Ticker ticker, Randomness randomness) {
            this.client = client;
            this.background = background;
            this.clock = clock;
            this.ticker = ticker;
            this.randomness = randomness;
        }

        /** Fetches over HTTP. @param background runs fetches, which wait for the network */
        public static Surroundings overHttp(Executor background, Clock clock, Ticker ticker, Randomness randomness) {
            return new Surroundings(new HttpCrlClient(), background, clock, ticker, randomness);
        }

        public Clock clock() {
            return clock;
        }

        public Ticker ticker() {
            return ticker;
        }
    }

    /** Begins the first fetch. @param authorities whose lists are taken */
    public PublishedLists(CrlUrl url, Supplier<List<X509Certificate>> authorities, Surroundings around) {
        this.url = url;
        this.authorities = authorities;
        this.around = around;
        this.nextFetch = new AtomicLong(around.ticker.nanos());
        refreshIfDue();
    }

    /** What is there now, empty where nothing was taken yet. May wait for the first fetch. */
    public RevocationLists lists() {
        refreshIfDue();
        if (!first.isDone() && waiting.tryAcquire()) {
            try {
                first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // What is held decides.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                waiting.release();
            }
        }
        var lists = held.get();
        return lists == null ? RevocationLists.NONE : lists;
    }

    /** Whether there are lists that say who is not revoked. Does not wait. */
    public boolean ready() {
        refreshIfDue();
        var lists = held.get();
        return lists != null && lists.validAt(around.clock.instant());
    }

    private void refreshIfDue() {
        if (around.ticker.nanos() - nextFetch.get() < 0 || !flight.compareAndSet(false, true)) {
            return;
        }
        // Until it is over no other is due.
        nextFetch.set(around.ticker.nanos() + LATEST.toNanos());
        try {
            around.background.execute(this::fetch);
        } catch (RejectedExecutionException e) {
            backOff();
            land();
        }
    }

    private void fetch() {
        try {
            switch (around.client.fetch(url)) {
                case CrlClient.Answer.Fetched(var body) -> take(body);
                case CrlClient.Answer.Failed(var why) -> refuse(why);
            }
        } finally {
            land();
        }
    }

    private void land() {
        flight.set(false);
        first.complete(null);
    }

    private void take(Bytes body) {
        try {
            var lists = RevocationLists.parse(body);
            var before = held.get();
            if (!lists.of(authorities.get())) {
                refuse("not whole lists of the trusted authorities");
            } else if (before != null && lists.olderThan(before)) {
                refuse("older than what is held");
            } else if (before != null && before.all().equals(lists.all())) {
                plan(lists.end()); // the same object, for those who look whether there is another
            } else {
                held.set(lists);
                LOG.info("revocation lists of {}: {}", url, lists.all().size());
                plan(lists.end());
            }
        } catch (InvalidInput e) {
            refuse("no revocation list");
        }
    }

    private void plan(Instant end) {
        var left = Duration.between(around.clock.instant(), end);
        if (!left.isPositive()) {
            LOG.warn("revocation lists of {} have ended at {}", url, end);
            backOff();
            return;
        }
        failuresInARow.set(0);
        var half = left.dividedBy(2);
        var wait = half.compareTo(LATEST) > 0 ? LATEST : half.compareTo(SOONEST) < 0 ? SOONEST : half;
        next(wait);
    }

    private void refuse(String why) {
        LOG.warn("revocation lists of {} not taken: {}", url, why);
        backOff();
    }

    private void backOff() {
        var attempt = Math.min(failuresInARow.getAndIncrement(), MOST_DOUBLINGS);
        var wait = FIRST_BACKOFF.multipliedBy(1L << attempt);
        next(wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait);
    }

    /** A quarter of the time earlier at most, so that not all nodes ask at once. */
    private void next(Duration wait) {
        var jitter = wait.toNanos() / 4 / JITTER_STEPS * (around.randomness.bytes(1)[0] & 0xFF);
        nextFetch.set(around.ticker.nanos() + wait.toNanos() - jitter);
    }

    @Override
    public String toString() {
        return "PublishedLists[" + url + "]";
    }
}
