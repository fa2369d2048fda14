package io.triport.identity.launch;

import io.triport.domain.identity.SystemTask;
import io.triport.domain.schedule.Cron;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A task of the system that falls due at times of the calendar, and runs on one node of all: at least once for each time, unless it
 * still runs from the time before, or all nodes were down for longer than 15 minutes. It is interrupted after 15 minutes.
 */
public record OnCron(SystemTask task, Cron cron, ZoneId zone, TickWork work) {
    /** By universal time. */
    public OnCron(SystemTask task, Cron cron, TickWork work) {
        this(task, cron, ZoneOffset.UTC, work);
    }
}
