package io.triport.storage.nats;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.QueueServer;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.queue.QueuePlace;
import io.triport.storage.queue.Queues;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queues on a server, the same for all who open its stream. */
public final class OpenNats implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    /** With that many a majority has written what is acknowledged, and the loss of one leaves it. */
    private static final int REPLICATED = 3;

    private final NatsStream stream;
    private final StreamQueues queues;

    private OpenNats(NatsStream stream, StreamQueues queues) {
        this.stream = stream;
        this.queues = queues;
    }

    /**
     * Makes the stream where there is none. A server that is away keeps nothing from starting.
     *
     * @param seal of leases, which has to be the same for all who open the stream
     * @param patience how long an answer of the server is waited for
     * @throws StorageFailure.Rejected UNSUPPORTED where the server is there, and its stream keeps less than queues promise
     */
    public static OpenNats open(
            QueueServer server, CursorSeal seal, Duration patience, Clock clock, Randomness randomness) {
        return open(server, seal, patience, clock, randomness, null);
    }

    /** @param authorities whose word on servers is taken; null for those of the JDK */
    static OpenNats open(
            QueueServer server,
            CursorSeal seal,
            Duration patience,
            Clock clock,
            Randomness randomness,
            @Nullable KeyStore authorities) {
        var connections = new NatsConnections(server, NamedServers.context(authorities), patience);
        var stream = new NatsStream(connections, server, patience);
        var rows = new StreamRows(new Replica(stream, randomness), patience);
        try {
            rows.look();
        } catch (StorageFailure.Unavailable e) {
            LOG.warn("queues away code={} reason={}", e.code(), e.getMessage());
        } catch (StorageFailure e) {
            stream.close();
            throw e;
        }
        var durability = server.replicas() < REPLICATED ? Durability.PROCESS : Durability.REPLICATED;
        LOG.info("queues apart adapter=nats stream={} durability={}", server.stream(), durability);
        var info = new EngineInfo("nats", durability);
        return new OpenNats(stream, new StreamQueues(info, rows, new Queues(seal, clock, randomness)));
    }

    public QueuePlace queues() {
        return queues;
    }

    /** What brings messages of the queues to consumers. */
    public QueueDeliveries deliveries(QueueDefinitions definitions, Ticker ticker) {
        return queues.queues().deliveries(definitions, queues.rows(), ticker);
    }

    /** The same, as this package has them. */
    StreamQueues streamQueues() {
        return queues;
    }

    @Override
    public void close() {
        stream.close();
    }
}
