package io.triport.storage.s3;

import io.triport.domain.object.Backend;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;

/** Buckets behind endpoints; those of one endpoint share its connections and its circuit. Safe for many threads. */
public final class S3 {
    private final Transport transport;
    private final Circuits circuits;
    private final Clock clock;
    private final Randomness randomness;

    private S3(Transport transport, Circuits circuits, Clock clock, Randomness randomness) {
        this.transport = transport;
        this.circuits = circuits;
        this.clock = clock;
        this.randomness = randomness;
    }

    /** No connection is made before the first call. */
    public static S3 start(Clock clock, Ticker ticker, Randomness randomness) {
        return new S3(Transport.start(ticker), new Circuits(new ConcurrentHashMap<>(), ticker), clock, randomness);
    }

    /** One bucket with connections of its own. */
    public static ObjectStore open(Backend.S3 backend, Clock clock, Ticker ticker, Randomness randomness) {
        return start(clock, ticker, randomness).store(backend);
    }

    /** @throws IllegalArgumentException for an endpoint that is more or less than scheme, host and port */
    public ObjectStore store(Backend.S3 backend) {
        var place = new Place(backend.endpoint(), backend.region(), backend.addressing());
        var upstream = new Upstream(
                transport, circuits, place, backend.bucket(), new Signers(backend.signer()), clock, randomness);
        return new S3ObjectStore(upstream, randomness);
    }
}
