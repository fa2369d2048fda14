package io.triport.gateway.audit;

import io.triport.domain.audit.AuditRecord;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Moves records from memory to the disk: all when they must be durable, else those that the sink is too slow for. For one thread. */
final class SpillMover {
    private final AuditSettings settings;
    private final Waiting waiting;
    private final SinkLink link;
    private final Disk disk;
    private final Stop stop;
    private final Alarm alarm;

    SpillMover(AuditSettings settings, Waiting waiting, SinkLink link, Disk disk, Stop stop, Alarm alarm) {
        this.settings = settings;
        this.waiting = waiting;
        this.link = link;
        this.disk = disk;
        this.stop = stop;
        this.alarm = alarm;
    }

    /** @param last whether no others will take records. @param moved called when some may be on the disk */
    void run(BooleanSupplier last, Runnable moved) {
        while (!(last.getAsBoolean() && waiting.isEmpty())) {
            if (mustMove()) {
                move();
                moved.run();
            } else {
                alarm.await(settings.flush().toNanos(), () -> last.getAsBoolean() || mustMove());
            }
        }
    }

    private boolean mustMove() {
        return !waiting.isEmpty()
                && (settings.durable() || stop.begun() || link.away() || crowded() || !disk.isEmpty());
    }

    private boolean crowded() {
        return waiting.queued() > settings.queue() / 2;
    }

    /** In order until the records are on the disk, so that no later ones pass them. */
    void move() {
        waiting.inOrder(() -> {
            var batch = waiting.take(settings.batch());
            var records = Entry.records(batch);
            while (!records.isEmpty() && !moved(batch, records)) {
                if (stop.timeIsOver()) {
                    waiting.lost(records.size());
                    break;
                }
                alarm.await(Pause.FIRST.toNanos(), stop::timeIsOver);
            }
            waiting.settle(batch);
            return batch;
        });
    }

    /** A disk that fails must not hold up what the sink would take, nor may it pass what the other thread is bringing there. */
    private boolean moved(List<Entry> batch, List<AuditRecord> records) {
        return disk.append(records)
                || (!settings.durable() && waiting.onlyIn(batch) && disk.isEmpty() && link.send(records));
    }
}
