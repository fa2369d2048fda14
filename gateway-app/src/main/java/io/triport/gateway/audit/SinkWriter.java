package io.triport.gateway.audit;

import io.triport.domain.failure.StorageFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings records to the sink: what lies on the disk first, which is older than what is in memory. For one thread. */
final class SinkWriter implements Runnable {
    private final AuditSettings settings;
    private final Waiting waiting;
    private final SinkLink link;
    private final @Nullable Disk disk;
    private final Stop stop;
    private final Alarm alarm;
    private final Runnable brought;

    /** @param disk null where there is none. @param brought called when a batch has left memory past the disk */
    SinkWriter(
            AuditSettings settings,
            Waiting waiting,
            SinkLink link,
            @Nullable Disk disk,
            Stop stop,
            Alarm alarm,
            Runnable brought) {
        this.settings = settings;
        this.waiting = waiting;
        this.link = link;
        this.disk = disk;
        this.stop = stop;
        this.alarm = alarm;
        this.brought = brought;
    }

    @Override
    public void run() {
        var pause = new Pause();
        while (!ended()) {
            if (bring()) {
                pause.reset();
                alarm.await(settings.flush().toNanos(), this::hasWork);
            } else {
                alarm.await(pause.nanos(), stop::timeIsOver);
            }
        }
    }

    private boolean hasWork() {
        var spilt = disk != null && !disk.isEmpty();
        return stop.begun() || spilt || (!settings.durable() && waiting.queued() >= settings.worthWriting());
    }

    /**
     * Whether there is no more to do, or no more time for it. The disk is asked last: what is on its way there is unsettled until it
     * has arrived.
     */
    boolean ended() {
        return stop.timeIsOver() || (stop.begun() && waiting.settled() && (disk == null || disk.isEmpty()));
    }

    /** @return whether what was to be brought is there */
    boolean bring() {
        if (disk == null) {
            return bringFromMemory();
        }
        try {
            return bringOldest(disk);
        } catch (StorageFailure e) {
            Disk.failing(e);
            return false;
        }
    }

    private boolean bringFromMemory() {
        var batch = waiting.take(settings.batch());
        if (batch.isEmpty()) {
            return true;
        }
        var records = Entry.records(batch);
        var pause = new Pause();
        while (!link.send(records)) {
            if (stop.timeIsOver()) {
                waiting.lost(records.size());
                break;
            }
            alarm.await(pause.nanos(), stop::timeIsOver);
        }
        waiting.settle(batch);
        return true;
    }

    private boolean bringOldest(Disk spilt) {
        var oldest = spilt.oldest(settings.batch());
        if (oldest.isEmpty()) {
            return settings.durable() || bringPast(spilt);
        }
        var sent = link.send(oldest);
        spilt.remove(sent ? oldest.size() : 0);
        return sent;
    }

    /** From memory to the sink directly, with a place on the disk in case that fails. */
    private boolean bringPast(Disk spilt) {
        var next = next(spilt);
        if (next.batch().isEmpty()) {
            return true;
        }
        var records = Entry.records(next.batch());
        var sent = link.send(records);
        while (!sent && !spilt.insert(next.place(), records)) {
            if (stop.timeIsOver()) {
                waiting.lost(records.size());
                break;
            }
            alarm.await(Pause.FIRST.toNanos(), stop::timeIsOver);
            sent = link.send(records);
        }
        waiting.settle(next.batch());
        brought.run();
        return sent;
    }

    private Placed next(Disk spilt) {
        return waiting.inOrder(() -> spilt.isEmpty() && !waiting.isEmpty()
                ? new Placed(spilt.place(), waiting.take(settings.batch()))
                : new Placed(0, List.of()));
    }

    private record Placed(long place, List<Entry> batch) {}
}
