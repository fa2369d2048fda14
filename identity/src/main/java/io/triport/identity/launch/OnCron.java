package io.triport.identity.launch;

import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Work of the system that falls due at times of the calendar, and runs on one node of all: at least once for each time, unless it
 * still runs from the time before, or all nodes were down for longer than is made up for. It is interrupted after 15 minutes.
 *
 * @param name by which its ticks are told from those of others
 * @param task whose permissions the work has
 */
public record OnCron(TaskName name, SystemTask task, Cron cron, ZoneId zone, OnCron.Missed missed, TickWork work) {
    /** By universal time; what was missed by more than 15 minutes is left out. */
    public OnCron(SystemTask task, Cron cron, TickWork work) {
        this(task.taskName(), task, cron, ZoneOffset.UTC, Missed.RECENT, work);
    }

    /** Which of the times that no node ran are made up for, all of them by one run. */
    public sealed interface Missed {
        Missed RECENT = new Recent(Duration.ofMinutes(15));

        /** Times are made up for that are later. */
        Instant after(Instant now);

        /** Those of the last so long. */
        record Recent(Duration late) implements Missed {
            @Override
            public Instant after(Instant now) {
                return now.minus(late).minusMillis(1);
            }
        }

        /** All since a moment, however late. */
        record Since(Instant moment) implements Missed {
            @Override
            public Instant after(Instant now) {
                return moment;
            }
        }
    }

    /** The newest time that is to be run now; {@link Instant#EPOCH} for none. */
    Instant newest(Instant now) {
        return cron.newest(missed.after(now), now, zone).orElse(Instant.EPOCH);
    }
}
