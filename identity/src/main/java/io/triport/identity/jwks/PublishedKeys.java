package io.triport.identity.jwks;

import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.jose.JwkSet;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.KeySet;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jose.SignatureEngine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that one issuer publishes under a URL. Safe for many threads. */
public final class PublishedKeys implements KeySource {
    /*
     * Who waits. Nobody while a set is held and has the key: it is refreshed behind the requests, at 75 % of its life less up to
     * 10 %. Before there is a set, who asks waits for the fetch that is under way, 2 s at most and no more than a number of them
     * at once: whoever waits holds a thread, and others have keys that are there. A key that the set does not have may be new, so the first who asks for one causes a fetch that all who ask meanwhile
     * wait for, 2 s at most. How often is bounded, because anybody can make up an id: see RefetchBudget and UnknownKids.
     *
     * What is kept. A source that is down leaves its last set in use for maxStale; a set that is refused as well. What a new set
     * does not have is not used from the moment the set is in, and the generation tells caches so.
     *
     * Concurrency. The set is replaced whole (held); a fetch is one future that all share (flight).
     */
    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);
    private static final int JITTER_STEPS = 256;
    private static final int MOST_WAITING = 256;

    private final JwksSettings settings;
    private final JwksClient client;
    private final SignatureEngine engine;
    private final Executor background;
    private final Ticker ticker;
    private final Randomness randomness;
    private final RefetchBudget budget;
    private final UnknownKids unknown;
    private final Duration patience;

    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<Void>> flight = new AtomicReference<>();
    private final AtomicLong generation = new AtomicLong();
    private final AtomicLong nextFetch;
    private final AtomicLong failuresInARow = new AtomicLong();
    private final AtomicLong loaded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** Begins the first fetch. */
    public PublishedKeys(JwksSettings settings, Surroundings surroundings) {
        this(settings, surroundings, PATIENCE);
    }

    /** @param patience of who waits for a fetch */
    PublishedKeys(JwksSettings settings, Surroundings surroundings, Duration patience) {
        this.patience = patience;
        this.settings = settings;
        this.client = surroundings.client();
        this.engine = surroundings.engine();
        this.background = surroundings.background();
        this.ticker = surroundings.ticker();
        this.randomness = surroundings.randomness();
        this.budget = new RefetchBudget(ticker);
        this.unknown = new UnknownKids(ticker);
        this.nextFetch = new AtomicLong(ticker.nanos());
        refreshIfDue();
    }

    /** The keys at a place, which has been asked once when the call returns; it need not have answered. Waits 2 s at most. */
    public static PublishedKeys fetched(URI place, Surroundings surroundings) {
        var keys = new PublishedKeys(JwksSettings.of(new JwksUrl(place)), surroundings);
        var running = keys.flight.get();
        if (running != null) {
            keys.await(running);
        }
        return keys;
    }

    /** What a source needs of the program. @param background runs fetches, which wait for the network */
    public record Surroundings(
            JwksClient client, SignatureEngine engine, Executor background, Ticker ticker, Randomness randomness) {
        /** Over HTTP, by the fastest cryptography that is there, each fetch on a thread of its own. */
        public static Surroundings present(Ticker ticker, Randomness randomness) {
            var engine = SignatureEngine.present();
            LOG.info("signatures are checked by {}", engine);
            return new Surroundings(
                    new HttpJwksClient(),
                    engine,
                    task -> Thread.ofVirtual().name("jwks").start(task),
                    ticker,
                    randomness);
        }
    }

    @Override
    public Found find(Optional<String> kid, JwsAlgorithm algorithm) {
        refreshIfDue();
        var set = usable();
        if (set == null) {
            set = brought();
        }
        if (set == null) {
            return new Found.Unavailable(RETRY);
        }
        var keys = set.keys.find(kid, algorithm);
        if (keys.isEmpty() && kid.isPresent() && !set.keys.knows(kid.get())) {
            keys = refetched(kid.get(), algorithm, set);
        }
        return keys.isEmpty() ? new Found.Unknown() : new Found.Keys(keys);
    }

    @Override
    public boolean holds(Optional<String> kid, JwsAlgorithm algorithm) {
        var set = usable();
        return set != null
                && (kid.isEmpty()
                        || set.keys.knows(kid.get())
                        || unknown.contains(kid.get())
                        || (flight.get() == null && !budget.open()));
    }

    @Override
    public long generation() {
        return generation.get();
    }

    @Override
    public boolean ready() {
        refreshIfDue();
        return usable() != null;
    }

    /**
     * Begins a fetch in the background when the set is old enough, or when there is none and it is time for another attempt.
     * Every request and every question for readiness does so; an app that may have neither for long calls it now and then.
     */
    public void refreshIfDue() {
        if (ticker.nanos() - nextFetch.get() >= 0) {
            fetch();
        }
    }

    public JwksNumbers numbers() {
        var set = held.get();
        return new JwksNumbers(
                loaded.get(),
                failed.get(),
                refused.get(),
                set == null ? 0 : set.keys.size(),
                set == null ? 0 : set.dropped,
                set == null ? Duration.ZERO : Duration.ofNanos(ticker.nanos() - set.fetchedAt));
    }

    private @Nullable Held usable() {
        var set = held.get();
        return set == null
                        || ticker.nanos() - set.fetchedAt > settings.maxStale().toNanos()
                ? null
                : set;
    }

    /** The set that the fetch under way brings, if there is one and it does so in time. */
    private @Nullable Held brought() {
        var running = flight.get();
        if (running != null && waiting.tryAcquire()) {
            try {
                await(running);
            } finally {
                waiting.release();
            }
        }
        return usable();
    }

    /** The key after one fetch, for an id that the set does not have. */
    private List<JwsKey> refetched(String kid, JwsAlgorithm algorithm, Held before) {
        if (unknown.contains(kid)) {
            return List.of();
        }
        var running = begin(before);
        if (running != null) {
            await(running);
        } else if (held.get() == before) {
            return List.of();
        }
        var after = usable();
        var keys = after == null ? List.<JwsKey>of() : after.keys.find(Optional.of(kid), algorithm);
        if (keys.isEmpty() && running != null && running.isDone()) {
            unknown.add(kid);
        }
        return keys;
    }

    /** The fetch to wait for, if there is one. One step, so that who comes second finds the fetch of who came first. */
    private synchronized @Nullable CompletableFuture<Void> begin(Held before) {
        var running = flight.get();
        if (running != null) {
            return running;
        }
        // A set that came in meanwhile may have the key, and then nothing need be fetched.
        return held.get() == before && budget.take() ? fetch() : null;
    }

    private void await(CompletableFuture<Void> running) {
        try {
            running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What is held decides.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The fetch that runs, begun now unless one is under way. */
    private CompletableFuture<Void> fetch() {
        var mine = new CompletableFuture<Void>();
        var running = flight.compareAndExchange(null, mine);
        if (running != null) {
            return running;
        }
        // Until it is over no other is due.
        nextFetch.set(ticker.nanos() + LONGEST_BACKOFF.toNanos());
        try {
            background.execute(() -> run(mine));
        } catch (RejectedExecutionException e) {
            land(mine);
        }
        return mine;
    }

    private void run(CompletableFuture<Void> mine) {
        try {
            switch (client.fetch(settings.url())) {
                case JwksAnswer.Fetched fetched -> take(fetched);
                case JwksAnswer.Failed failure -> {
                    failed.incrementAndGet();
                    LOG.warn("key set {} not fetched: {}", settings.url(), failure.why());
                    backOff();
                }
            }
        } finally {
            land(mine);
        }
    }

    private void land(CompletableFuture<Void> mine) {
        flight.set(null);
        mine.complete(null);
    }

    private void take(JwksAnswer.Fetched fetched) {
        var before = held.get();
        if (before != null && before.text.equals(fetched.body())) {
            // The same keys: what was verified with them stays verified.
            hold(new Held(before.text, before.keys, before.dropped, ticker.nanos()), fetched.fresh());
            return;
        }
        switch (JwkSet.read(fetched.body(), engine)) {
            case JwkSet.Usable usable -> {
                hold(new Held(fetched.body(), usable.keys(), usable.dropped(), ticker.nanos()), fetched.fresh());
                generation.incrementAndGet();
                unknown.clear();
                LOG.info(
                        "key set {}: {} keys, {} not used",
                        settings.url(),
                        usable.keys().size(),
                        usable.dropped());
            }
            case JwkSet.Refused refusal -> {
                refused.incrementAndGet();
                if (refusal.fault() == JwkSet.Fault.PRIVATE_KEY) {
                    LOG.error("key set {} publishes a private key; its owner must replace it", settings.url());
                } else {
                    LOG.warn("key set {} refused: {}", settings.url(), refusal.fault());
                }
                backOff();
            }
        }
    }

    private void hold(Held set, Duration fresh) {
        held.set(set);
        loaded.incrementAndGet();
        failuresInARow.set(0);
        var refreshAt = fresh.multipliedBy(3).dividedBy(4);
        nextFetch.set(ticker.nanos() + refreshAt.toNanos() - jitter(fresh.dividedBy(10)));
    }

    private void backOff() {
        var attempt = Math.min(failuresInARow.getAndIncrement(), 6);
        var wait = FIRST_BACKOFF.multipliedBy(1L << attempt);
        var bounded = wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait;
        nextFetch.set(ticker.nanos() + bounded.toNanos() - jitter(bounded.dividedBy(4)));
    }

    private long jitter(Duration most) {
        return most.toNanos() / JITTER_STEPS * (randomness.bytes(1)[0] & 0xFF);
    }

    private static final class Held {
        private final Bytes text;
        private final KeySet keys;
        private final int dropped;
        private final long fetchedAt;

        Held(Bytes text, KeySet keys, int dropped, long fetchedAt) {
            this.text = text;
            this.keys = keys;
            this.dropped = dropped;
            this.fetchedAt = fetchedAt;
        }
    }
}
