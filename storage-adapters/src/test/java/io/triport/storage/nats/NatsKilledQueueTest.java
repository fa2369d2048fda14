package io.triport.storage.nats;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.storage.queue.KilledQueueContract;
import io.triport.testkit.AtOnce;
import io.triport.testkit.KilledSender;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.NatsProcess;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Consumers are killed; of those that send, and their server, one after the other. */
final class NatsKilledQueueTest extends KilledQueueContract {
    static final String STREAM = "killed";

    private static final int SENDERS = 16;
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final SettableClock clock = SettableClock.anywhere();
    private final AtomicBoolean killServer = new AtomicBoolean();
    private NatsProcess server;
    private @Nullable OpenNats open;

    @BeforeEach
    void start() {
        server = NatsProcess.start();
    }

    @AfterEach
    void stop() {
        close();
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected List<Integer> kill(Work work, int from, int told) {
        close();
        if (work == Work.SEND && killServer.getAndSet(!killServer.get())) {
            return killServer(from, told);
        }
        return KilledWriter.killAfter(
                told,
                KilledNatsWorker.class.getName(),
                List.of(server.address(), clock.instant().toString(), work.name(), Integer.toString(from)));
    }

    private List<Integer> killServer(int from, int told) {
        var answered = new ConcurrentLinkedQueue<Integer>();
        var killed = new AtomicBoolean();
        try (var impatient = NatsFixture.open(NatsFixture.server(server.address(), STREAM), SHORT, clock)) {
            var queue = impatient.queues().queue(JOBS);
            AtOnce.run(SENDERS, sender -> () -> {
                for (var number = from + sender; send(queue, number); number += SENDERS) {
                    answered.add(number);
                    if (answered.size() >= told && killed.compareAndSet(false, true)) {
                        server.kill();
                    }
                }
                return sender;
            });
        }
        server.resume();
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
        var present = open;
        if (present == null) {
            present = NatsFixture.open(NatsFixture.server(server.address(), STREAM), clock);
            open = present;
        }
        return present.queues().queue(definition);
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }

    private void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
