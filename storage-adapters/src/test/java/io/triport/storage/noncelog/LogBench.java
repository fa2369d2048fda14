package io.triport.storage.noncelog;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.request.Bytes;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A nonce log whose clocks, disk and machine do what a test says. */
final class LogBench implements AutoCloseable {
    static final Duration WINDOW = Duration.ofSeconds(60);
    static final Duration MEMORY = Duration.ofSeconds(180);
    static final CredentialId OWNER = new CredentialId("prod-app");

    final SettableClock clock = SettableClock.anywhere();

    private final Path root;
    private Duration jumped = Duration.ZERO;
    private LogDisk.Opener opener = DiskFile::open;
    private String boot = "b00a";
    private int runs;
    private NonceLog log;

    LogBench(Path root) {
        this.root = root;
        this.log = open();
    }

    NonceClaim claim(String nonce) {
        return claim(OWNER, nonce);
    }

    NonceClaim claim(CredentialId owner, String nonce) {
        return log.ledger().claim(owner, Bytes.utf8(nonce), clock.instant(), clock.in(MEMORY));
    }

    /** A claim of a request that is dated so far ahead of the clock. */
    NonceClaim claimDated(Duration ahead, String nonce) {
        return log.ledger().claim(OWNER, Bytes.utf8(nonce), clock.in(ahead), clock.in(MEMORY));
    }

    long forget() {
        return log.ledger().forget(clock.instant());
    }

    NonceLedger ledger() {
        return log.ledger();
    }

    /** Sets the wall clock, of which the ticker knows nothing; otherwise the two go together. */
    void jump(Duration ahead) {
        clock.advance(ahead);
        jumped = jumped.plus(ahead);
    }

    /** From the next start on. */
    void disk(LogDisk.Opener other) {
        opener = other;
    }

    /** From the next start on. Empty for a machine that does not tell. */
    void boot(String other) {
        boot = other;
    }

    void restart() {
        log.close();
        log = open();
    }

    /** The death of the process at this moment: what the operating system has by now is what the next one finds. */
    void die() {
        var dead = directory();
        runs++;
        copy(dead, directory());
        log.close();
        log = open();
    }

    Path directory() {
        return root.resolve("run-" + runs);
    }

    List<Path> segments() {
        try (var files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(Segment.ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        log.close();
    }

    private NonceLog open() {
        var settings = new NonceLogSettings(directory(), WINDOW, MEMORY);
        return NonceLog.open(settings, new NonceLog.Machine(opener, boot, 7), new Clocks(clock, this::nanos));
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, clock.instant()).minus(jumped).toNanos();
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.list(from)) {
            Files.createDirectories(to);
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
