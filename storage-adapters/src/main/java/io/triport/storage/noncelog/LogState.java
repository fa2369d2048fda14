package io.triport.storage.noncelog;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a log knows of its own last run.
 *
 * @param boot which run of the machine it was, empty where the machine does not tell
 * @param gap claims up to this time cannot be judged
 */
record LogState(String boot, LogState.Run run, Instant gap) {
    static final String NAME = "state";

    private static final Pattern FORM =
            Pattern.compile("1 boot=([0-9a-f-]{0,64}) run=(OPEN|CLOSED) gap=(-?[0-9]{1,18})\n");

    /** Whether the log was closed, with everything on the disk. */
    enum Run {
        OPEN,
        CLOSED
    }

    /** Empty when there is none that can be read. */
    static Optional<LogState> read(LogDisk disk) throws IOException {
        var matcher = FORM.matcher(disk.read(NAME).orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            var gap = Instant.ofEpochMilli(Long.parseLong(matcher.group(3)));
            return Optional.of(new LogState(matcher.group(1), Run.valueOf(matcher.group(2)), gap));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    void write(LogDisk disk) throws IOException {
        disk.replace(NAME, "1 boot=" + boot + " run=" + run + " gap=" + gap.toEpochMilli() + "\n");
    }

    /** Whether every answered claim of that run is in the log: it was closed, or the machine has been up ever since. */
    boolean keptAll(String bootNow) {
        return run == Run.CLOSED || (!boot.isEmpty() && boot.equals(bootNow));
    }

    LogState with(Run other) {
        return new LogState(boot, other, gap);
    }
}
