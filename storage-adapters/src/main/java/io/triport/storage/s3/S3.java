package io.triport.storage.s3;

import io.triport.domain.object.Backend;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Buckets behind endpoints; those of one endpoint share its connections and its circuit. Safe for many threads. */
public final class S3 implements AutoCloseable {
    private final Clock clock;
    private final Ticker ticker;
    private final Randomness randomness;
    private final Circuits circuits;
    private final Spool spool;
    private @Nullable Transport transport;

    private S3(Path directory, Clock clock, Ticker ticker, Randomness randomness) {
        this.clock = clock;
        this.ticker = ticker;
        this.randomness = randomness;
        this.circuits = new Circuits(new ConcurrentHashMap<>(), ticker);
        this.spool = new Spool(directory, randomness);
    }

    /**
     * Costs nothing before the first store is asked for, and no connection before its first call.
     *
     * @param directory for bodies of unknown length, which endpoints do not take
     */
    public static S3 of(Path directory, Clock clock, Ticker ticker, Randomness randomness) {
        return new S3(directory, clock, ticker, randomness);
    }

    /** @throws IllegalArgumentException for an endpoint that is more or less than scheme, host and port */
    public S3ObjectStore store(Backend.S3 backend) {
        var place = new Place(backend.endpoint(), backend.region(), backend.addressing());
        var upstream = new Upstream(
                transport(), circuits, place, backend.bucket(), new Signers(backend.signer()), clock, randomness);
        return new S3ObjectStore(upstream, spool, randomness);
    }

    /** The monitor guards the transport, which is started once. */
    private synchronized Transport transport() {
        var started = transport;
        if (started == null) {
            started = Transport.start(ticker);
            transport = started;
        }
        return started;
    }

    @Override
    public synchronized void close() {
        if (transport != null) {
            transport.close();
        }
    }
}
