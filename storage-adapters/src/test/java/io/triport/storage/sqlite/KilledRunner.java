package io.triport.storage.sqlite;

import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.TickClaim;
import io.triport.domain.time.Randomness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** The process that is killed within the run of a tick. */
final class KilledRunner {
    private KilledRunner() {}

    /** @param arguments the directory, the task, and when the tick falls due */
    public static void main(String[] arguments) throws IOException {
        var ticks = Sqlite.open(Path.of(arguments[0]), Clock.systemUTC(), Randomness.system())
                .ticks();
        var due = Instant.parse(arguments[2]);
        var claimed = ticks.claim(new TaskName(arguments[1]), new TickClaim(due, due, due.plusSeconds(60)))
                .orElseThrow();
        System.out.println("written " + claimed.attempt());
        System.out.flush();
        if (System.in.read() >= 0) {
            ticks.done(claimed);
        }
    }
}
