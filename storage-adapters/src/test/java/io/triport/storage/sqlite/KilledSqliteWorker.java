package io.triport.storage.sqlite;

import io.triport.domain.time.Randomness;
import io.triport.storage.queue.KilledQueueContract;
import io.triport.testkit.KilledQueueWork;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The process that is killed while it works on a queue. */
final class KilledSqliteWorker {
    private KilledSqliteWorker() {}

    /** @param arguments the directory, the time, the work and the first number */
    public static void main(String[] arguments) {
        var clock = Clock.fixed(Instant.parse(arguments[1]), ZoneOffset.UTC);
        var engine =
                Sqlite.open(Path.of(arguments[0]), clock, Randomness.system()).engine();
        var jobs = engine.queue(KilledQueueContract.JOBS);
        switch (KilledQueueContract.Work.valueOf(arguments[2])) {
            case SEND -> KilledQueueWork.sendAtOnce(jobs, Integer.parseInt(arguments[3]), System.out);
            case TAKE -> KilledQueueWork.take(engine.queue(KilledQueueContract.PATIENT), System.out);
            case FAIL -> KilledQueueWork.fail(jobs, System.out);
        }
    }
}
