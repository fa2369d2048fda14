package io.triport.storage.nats;

import io.triport.storage.queue.KilledQueueContract;
import io.triport.testkit.KilledQueueWork;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The process that is killed while it works on a queue. */
final class KilledNatsWorker {
    private KilledNatsWorker() {}

    /** @param arguments the server's address, the time, the work and the first number */
    public static void main(String[] arguments) {
        var clock = Clock.fixed(Instant.parse(arguments[1]), ZoneOffset.UTC);
        var queues = NatsFixture.open(NatsFixture.server(arguments[0], NatsKilledQueueTest.STREAM), clock)
                .queues();
        var jobs = queues.queue(KilledQueueContract.JOBS);
        switch (KilledQueueContract.Work.valueOf(arguments[2])) {
            case SEND -> KilledQueueWork.sendAtOnce(jobs, Integer.parseInt(arguments[3]), System.out);
            case TAKE -> KilledQueueWork.take(queues.queue(KilledQueueContract.PATIENT), System.out);
            case FAIL -> KilledQueueWork.fail(jobs, System.out);
        }
    }
}
