package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares an endpoint that fails: of at least 5 requests in 30 s half failed, so none is sent for 30 s, then one at a time until
 * two came back well. And a second attempt is a fifth of all requests at most. The monitor guards the counts.
 */
final class Circuit {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final long WINDOW = Duration.ofSeconds(30).toNanos();
    private static final int LEAST = 5;
    private static final int GOOD = 2;
    private static final int RETRY_SHARE = 5;
    private static final int RETRIES_AT_ONCE = 10;

    private final URI endpoint;
    private final Ticker ticker;
    private long windowFrom;
    private int requests;
    private int failures;
    private boolean open;
    private long openedAt;
    private boolean probing;
    private int good;
    private int retryCredit = RETRIES_AT_ONCE * RETRY_SHARE;

    Circuit(URI endpoint, Ticker ticker) {
        this.endpoint = endpoint;
        this.ticker = ticker;
        this.windowFrom = ticker.nanos();
    }

    /** Before a request; {@link #succeeded}, {@link #failed} or {@link #left} follows. @throws StorageFailure while open */
    synchronized void enter() {
        if (open) {
            if (probing || ticker.nanos() - openedAt < WINDOW) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "s3: the endpoint is being spared");
            }
            probing = true;
        }
        retryCredit = Math.min(retryCredit + 1, RETRIES_AT_ONCE * RETRY_SHARE);
    }

    synchronized boolean mayRetry() {
        if (open || retryCredit < RETRY_SHARE) {
            return false;
        }
        retryCredit -= RETRY_SHARE;
        return true;
    }

    synchronized void succeeded() {
        if (open) {
            probing = false;
            good++;
            if (good >= GOOD) {
                open = false;
                LOG.info("endpoint asked again endpoint={}", endpoint);
                restart();
            }
            return;
        }
        count(false);
    }

    synchronized void failed() {
        if (open) {
            probing = false;
            openUp();
            return;
        }
        count(true);
        if (requests >= LEAST && failures * 2 >= requests) {
            openUp();
        }
    }

    /** Neither: our own caller went away. */
    synchronized void left() {
        probing = false;
    }

    private void count(boolean failure) {
        if (ticker.nanos() - windowFrom >= WINDOW) {
            restart();
        }
        requests++;
        failures += failure ? 1 : 0;
    }

    private void openUp() {
        if (!open) {
            LOG.warn("endpoint spared endpoint={} failures={} requests={}", endpoint, failures, requests);
        }
        open = true;
        openedAt = ticker.nanos();
        good = 0;
    }

    private void restart() {
        windowFrom = ticker.nanos();
        requests = 0;
        failures = 0;
    }
}
