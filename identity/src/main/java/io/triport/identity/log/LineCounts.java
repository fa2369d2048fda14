package io.triport.identity.log;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How many lines there were of each level. Safe for many threads. */
final class LineCounts {
    /*
     * The library that counts events of the log looks up its counters in every registry, for each line anew; a request has
     * three. So that is switched off, and this shows the same metric.
     */
    private static final List<Level> LEVELS = List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE);

    private final Map<Level, LongAdder> counts =
            LEVELS.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), level -> new LongAdder()));

    void count(Level level) {
        var count = counts.get(level);
        if (count != null) {
            count.increment();
        }
    }

    void show(MeterRegistry registry) {
        counts.forEach((level, count) -> FunctionCounter.builder("logback.events", count, LongAdder::sum)
                .description("lines of the log")
                .tag("level", level.levelStr.toLowerCase(Locale.ROOT))
                .register(registry));
    }
}
