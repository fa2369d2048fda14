package io.triport.manager.automation;

import io.triport.identity.launch.Recurring;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What falls due again and again. */
public record Pulses(Pulse delivery, Pulse watch, Pulse counts, Pulse grants) {
    private static final Duration LOOK_FOR_DELIVERIES = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The usual times. */
    public static Pulses usual() {
        return new Pulses(
                new Pulse(AutomationTask.DELIVERY, LOOK_FOR_DELIVERIES),
                new Pulse(AutomationTask.WATCH, MINUTE),
                new Pulse(AutomationTask.COUNTS, MINUTE),
                new Pulse(AutomationTask.GRANTS, MINUTE));
    }

    public List<Recurring> tasks() {
        return Stream.of(delivery, watch, counts, grants).map(Pulse::recurring).toList();
    }
}
