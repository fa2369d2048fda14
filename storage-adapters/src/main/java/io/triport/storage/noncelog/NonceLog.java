package io.triport.storage.noncelog;

import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of one process's single-use marks, from start to stop. Safe for many threads. */
public final class NonceLog implements AutoCloseable {
    /*
     * What a crash costs. A record is with the operating system before its answer, so the death of the process loses none.
     * The death of the machine may lose the last ones; it is seen by another boot id without the mark of a clean stop. Then
     * claims dated up to the start and one window ahead are undecidable: no request that was accepted before the crash is
     * dated later. This gap is part of the state, because a process that dies within it must not end it.
     *
     * What is not judged. A directory without any trace of a log is a new one; whoever deletes the directory has forgotten
     * all marks and must wait for two windows before the next start.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final LogDisk disk;
    private final LogLock lock;
    private final LogState state;
    private final MarkLog log;
    private final NonceLedger ledger;

    private NonceLog(LogDisk disk, LogLock lock, LogState state, MarkLog log, NonceLedger ledger) {
        this.disk = disk;
        this.lock = lock;
        this.state = state;
        this.log = log;
        this.ledger = ledger;
    }

    /** Reads the log back. @throws IdentityStateUnavailable when it cannot be read, or belongs to another process */
    public static NonceLog open(NonceLogSettings settings, Clock clock, Ticker ticker, Randomness randomness) {
        var seed = ByteBuffer.wrap(randomness.bytes(Long.BYTES)).getLong();
        return open(settings, new Machine(DiskFile::open, BootId.read(), seed), new Clocks(clock, ticker));
    }

    static NonceLog open(NonceLogSettings settings, Machine machine, Clocks clocks) {
        try {
            Files.createDirectories(settings.directory());
            var lock = LogLock.take(settings.directory());
            try {
                return start(settings, machine, clocks, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IdentityStateUnavailable("nonces: log in " + settings.directory() + " cannot be opened", e);
        }
    }

    public NonceLedger ledger() {
        return ledger;
    }

    /** Ends the log so that the next start trusts it even after the machine was off. */
    @Override
    public void close() {
        try (lock) {
            log.close();
            state.with(LogState.Run.CLOSED).write(disk);
        } catch (IOException e) {
            LOG.error(
                    "nonces closed=false consequence=\"requests are refused for one window if the machine restarts\"",
                    e);
        }
    }

    private static NonceLog start(NonceLogSettings settings, Machine machine, Clocks clocks, LogLock lock)
            throws IOException {
        var now = clocks.now();
        var disk = new LogDisk(settings.directory(), machine.opener());
        var marks = new SpentMarks(settings.memory(), machine.seed());
        var recovery = new Recovery(disk, settings.memory(), now, marks);
        recovery.run();
        var until = gap(disk, machine.boot(), recovery, now.wall().plus(settings.window()));
        if (now.wall().isBefore(until)) {
            LOG.warn("nonces lost=possible refused-until={}", until);
        }
        // Before the first claim, and forced: a run that left no trace could not be told from none.
        var state = new LogState(machine.boot(), LogState.Run.OPEN, until);
        state.write(disk);
        var log = new MarkLog(disk, settings.memory(), recovery, now);
        var gap = Gap.from(now, until, settings.window());
        return new NonceLog(disk, lock, state, log, new LogNonceLedger(clocks, gap, marks, log));
    }

    /** Up to when claims cannot be judged. @param latest no request that was accepted before this start is dated later */
    private static Instant gap(LogDisk disk, String boot, Recovery recovery, Instant latest) throws IOException {
        var last = LogState.read(disk);
        if (last.isEmpty()) {
            return recovery.last() == 0 && disk.read(LogState.NAME).isEmpty() ? Instant.EPOCH : latest;
        }
        var keptAll = last.get().keptAll(boot) && !recovery.damaged();
        return keptAll && last.get().gap().isBefore(latest) ? last.get().gap() : latest;
    }

    /** What a log asks of the machine. @param boot which run of it this is, empty when not known */
    record Machine(LogDisk.Opener opener, String boot, long seed) {}
}
