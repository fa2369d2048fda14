package io.triport.manager.automation;

import io.triport.domain.schedule.Cron;
import io.triport.identity.launch.OnCron;
import io.triport.identity.launch.Recurring;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What falls due again and again. */
public record Pulses(Pulse delivery, Pulse calls, Pulse keys, Pulse counts, Pulse schedules, Pulse grants) {
    private static final Duration LOOK_FOR_DELIVERIES = Duration.ofSeconds(5);
    /** So late others hear of a schedule that was set on this node. */
    private static final Duration READ_SCHEDULES = Duration.ofSeconds(20);

    private static final Cron EACH_MINUTE = Cron.parse("* * * * *");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The usual times. */
    public static Pulses usual() {
        return new Pulses(
                new Pulse(AutomationTask.DELIVERY, LOOK_FOR_DELIVERIES),
                new Pulse(AutomationTask.WATCH, MINUTE),
                new Pulse(AutomationTask.WATCH, MINUTE),
                new Pulse(AutomationTask.COUNTS, MINUTE),
                new Pulse(AutomationTask.SCHEDULES, READ_SCHEDULES),
                new Pulse(AutomationTask.GRANTS, MINUTE));
    }

    /** What each node does. */
    public List<Recurring> tasks() {
        return Stream.of(delivery, calls, counts, schedules, grants)
                .map(Pulse::recurring)
                .toList();
    }

    /** What one node does for all. */
    public List<OnCron> crons() {
        return List.of(keys.onCron(EACH_MINUTE));
    }
}
