package io.triport.storage.postgresql;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.time.Randomness;
import io.triport.storage.queue.KilledQueueContract;
import io.triport.testkit.AtOnce;
import io.triport.testkit.KilledSender;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Consumers are killed; of those that send, and their server, one after the other. */
final class PostgreSqlKilledQueueTest extends KilledQueueContract {
    private static final int SENDERS = 16;

    @TempDir
    private Path directory;

    private final SettableClock clock = SettableClock.anywhere();
    private final AtomicBoolean killServer = new AtomicBoolean();
    private @Nullable PostgreSqlCluster cluster;
    private @Nullable PostgreSqlStorage storage;

    @BeforeEach
    void start() {
        cluster = PostgreSqlCluster.start(directory);
    }

    @AfterEach
    void stop() {
        close();
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected List<Integer> kill(Work work, int from, int told) {
        var server = work == Work.SEND && killServer.getAndSet(!killServer.get());
        if (server) {
            return killServer(from, told);
        }
        close();
        return KilledWriter.killAfter(
                told,
                KilledPostgreSqlWorker.class.getName(),
                List.of(url(), clock.instant().toString(), work.name(), Integer.toString(from)));
    }

    private List<Integer> killServer(int from, int told) {
        var answered = new ConcurrentLinkedQueue<Integer>();
        var killed = new AtomicBoolean();
        var queue = open(JOBS);
        AtOnce.run(SENDERS, sender -> () -> {
            for (var number = from + sender; send(queue, number); number += SENDERS) {
                answered.add(number);
                if (answered.size() >= told && killed.compareAndSet(false, true)) {
                    cluster().kill();
                }
            }
            return sender;
        });
        close();
        cluster().start();
        return List.copyOf(answered);
    }

    private static boolean send(Queue queue, int number) {
        try {
            queue.send(Message.text(KilledSender.text(number)));
            return true;
        } catch (StorageFailure e) {
            return false;
        }
    }

    @Override
    protected Queue open(QueueDefinition definition) {
        var open = storage;
        if (open == null) {
            open = PostgreSqlStorage.open(
                    new PostgreSqlSettings(url(), "postgres", Secret.of("postgres")), clock, Randomness.system());
            storage = open;
        }
        return open.engine().queue(definition);
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }

    private String url() {
        return "jdbc:postgresql://" + cluster().location();
    }

    private PostgreSqlCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("not started");
        }
        return cluster;
    }

    private void close() {
        if (storage != null) {
            storage.close();
            storage = null;
        }
    }
}
