package io.triport.storage.noncelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.NonceClaim;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

final class NonceLogKillTest {
    private static final int BEFORE_THE_KILL = 2_000;

    @TempDir
    private Path directory;

    @RepeatedTest(5)
    void no_answered_claim_is_lost_when_the_process_is_killed_while_it_claims()
            throws IOException, InterruptedException {
        var answered = claimUntilKilled();

        var clock = Clock.systemUTC();
        var settings = new NonceLogSettings(directory, LogBench.WINDOW, LogBench.MEMORY);
        try (var log = NonceLog.open(settings, clock, Ticker.system(), Randomness.system())) {
            for (var number = 0L; number <= answered; number++) {
                var now = clock.instant();
                var again =
                        log.ledger().claim(LogBench.OWNER, KilledClaimer.nonce(number), now, now.plus(LogBench.MEMORY));
                assertThat(again).isEqualTo(new NonceClaim.Spent());
            }
            var now = clock.instant();
            assertThat(log.ledger().claim(LogBench.OWNER, KilledClaimer.nonce(-1), now, now.plus(LogBench.MEMORY)))
                    .isEqualTo(new NonceClaim.Fresh());
        }
    }

    /** The number of the last claim that was answered; all before it were, too. */
    private long claimUntilKilled() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledClaimer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = process.inputReader()) {
            for (var line = 0; line < BEFORE_THE_KILL; line++) {
                assertThat(lines.readLine()).isEqualTo(Long.toString(line));
            }
            // Through the handle, because Process.destroyForcibly closes the pipe with what was told in it.
            process.toHandle().destroyForcibly();
            return lastWhole(lines, BEFORE_THE_KILL - 1);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long lastWhole(BufferedReader lines, long last) throws IOException {
        var told = lines.lines().toList();
        // The last line may be cut short by the kill: it is then a smaller number, and never one that was not told.
        return told.size() < 2 ? last : Long.parseLong(told.get(told.size() - 2));
    }
}
