package io.triport.storage.nats;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.identity.Secret;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.QueueServer;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Randomness;
import io.triport.testkit.Ability;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.NatsProcess;
import io.triport.testkit.SettableClock;
import io.triport.testkit.StorageFixture;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A node whose queues have a stream of their own. */
final class NatsFixture implements StorageFixture {
    /** Longer than a machine takes that has much else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static final int BEFORE_THE_KILL = 200;

    private final SettableClock clock = SettableClock.anywhere();
    private final List<OpenNats> besides = new ArrayList<>();
    private final QueueServer server;
    private OpenNats open;
    private StorageEngine engine;

    NatsFixture(NatsProcess process) {
        this.server = server(process.address(), "queues-" + STREAMS.incrementAndGet());
        this.open = open(server, clock);
        this.engine = engine(open);
    }

    static QueueServer server(String address, String stream) {
        return new QueueServer(address, "", Secret.of(""), stream, 1);
    }

    static OpenNats open(QueueServer server, Clock clock) {
        return open(server, PATIENCE, clock);
    }

    static OpenNats open(QueueServer server, Duration patience, Clock clock) {
        var seal = new CursorSeal(Bytes.copyOf(new byte[32]), clock);
        return OpenNats.open(server, seal, patience, clock, Randomness.system());
    }

    static OpenNats open(QueueServer server, Duration patience, Clock clock, KeyStore authorities) {
        var seal = new CursorSeal(Bytes.copyOf(new byte[32]), clock);
        return OpenNats.open(server, seal, patience, clock, Randomness.system(), authorities);
    }

    private StorageEngine engine(OpenNats of) {
        return new NatsEngine(of.streamQueues(), clock);
    }

    QueueServer server() {
        return server;
    }

    @Override
    public StorageEngine engine() {
        return engine;
    }

    @Override
    public StorageEngine reopen() {
        open.close();
        open = open(server, clock);
        engine = engine(open);
        return engine;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public StorageEngine beside() {
        var other = open(server, clock);
        besides.add(other);
        return engine(other);
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.values());
    }

    @Override
    public List<Integer> killWhileWriting(NamespaceTitle namespace) {
        throw new UnsupportedOperationException("no namespaces");
    }

    @Override
    public List<Integer> killWhileSending(QueueDefinition queue) {
        open.close();
        var sent = KilledWriter.killAfter(
                BEFORE_THE_KILL,
                KilledNatsSender.class.getName(),
                List.of(
                        server.address(),
                        server.stream(),
                        clock.instant().toString(),
                        queue.name().text()));
        open = open(server, clock);
        engine = engine(open);
        return sent;
    }

    @Override
    public void close() {
        besides.forEach(OpenNats::close);
        open.close();
    }
}
