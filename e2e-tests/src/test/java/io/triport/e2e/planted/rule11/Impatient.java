package io.triport.e2e.planted.rule11;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;

/** Planted: asks the system whatever it wants to know. {@code allowed} asks what it was given. */
final class Impatient {
    private static final ThreadLocal<String> HIDDEN = new ThreadLocal<>();

    private Impatient() {}

    static Instant allowed(Clock clock) {
        return Instant.now(clock);
    }

    static String offend() throws InterruptedException {
        Thread.sleep(0);
        System.out.println(HIDDEN.get());
        return Instant.now() + " " + LocalDate.now(ZoneOffset.UTC) + System.currentTimeMillis() + UUID.randomUUID()
                + new Random().nextInt() + Math.random();
    }
}
