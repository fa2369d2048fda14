package io.triport.storage.noncelog;

import io.triport.domain.identity.NonceClaim;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.nio.file.Path;
import java.time.Clock;

/** A process that claims one nonce after the other and tells each that was answered, until it is killed. */
final class KilledClaimer {
    private KilledClaimer() {}

    static Bytes nonce(long number) {
        return Bytes.utf8("nonce-" + number);
    }

    /** @param arguments the directory of the log */
    public static void main(String[] arguments) {
        var settings = new NonceLogSettings(Path.of(arguments[0]), LogBench.WINDOW, LogBench.MEMORY);
        var clock = Clock.systemUTC();
        var ledger = NonceLog.open(settings, clock, Ticker.system(), Randomness.system())
                .ledger();
        for (var number = 0L; true; number++) {
            var now = clock.instant();
            var claim = ledger.claim(LogBench.OWNER, nonce(number), now, now.plus(LogBench.MEMORY));
            System.out.println(claim instanceof NonceClaim.Fresh ? Long.toString(number) : claim.toString());
        }
    }
}
