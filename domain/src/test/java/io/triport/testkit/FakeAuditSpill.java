package io.triport.testkit;

import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSpill;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Records by their places in memory, on a disk that a test breaks. The monitor guards all of it. */
public final class FakeAuditSpill implements AuditSpill {
    private final TreeMap<Long, List<AuditRecord>> places = new TreeMap<>();
    private long next;
    private long written;
    private boolean broken;
    private Runnable underWay = () -> {};

    public synchronized void breakDisk(boolean now) {
        broken = now;
    }

    /** What happens while records are neither in memory nor on the disk: on the thread that brings them. */
    public synchronized void underWay(Runnable happens) {
        underWay = happens;
    }

    /** Records that were ever given to it. */
    public synchronized long written() {
        return written;
    }

    @Override
    public synchronized void append(List<AuditRecord> records) {
        insert(place(), records);
    }

    @Override
    public synchronized long place() {
        return next++;
    }

    @Override
    public synchronized void insert(long place, List<AuditRecord> records) {
        underWay.run();
        if (broken) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "broken");
        }
        written += records.size();
        places.put(place, new ArrayList<>(records));
    }

    @Override
    public synchronized List<AuditRecord> oldest(int most) {
        return places.values().stream().flatMap(List::stream).limit(most).toList();
    }

    @Override
    public synchronized void remove(int count) {
        for (var i = 0; i < count; i++) {
            var first = places.firstEntry().getValue();
            first.removeFirst();
            if (first.isEmpty()) {
                places.pollFirstEntry();
            }
        }
    }

    @Override
    public synchronized boolean isEmpty() {
        return places.isEmpty();
    }

    @Override
    public AuditLink lastLink() {
        return AuditLink.NONE;
    }

    @Override
    public void close() {
        // Memory only: nothing to give back.
    }
}
