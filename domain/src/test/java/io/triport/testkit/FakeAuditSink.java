package io.triport.testkit;

import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Records in memory, with a link that a test cuts or holds up. The monitor guards all of it. */
public final class FakeAuditSink implements AuditSink {
    private static final long HANGS_AFTER_MILLIS = 120_000;

    private final Map<String, AuditRecord> records = new LinkedHashMap<>();
    private final List<Integer> batches = new ArrayList<>();
    private boolean cut;
    private boolean held;
    private int refused;
    private Runnable underWay = () -> {};

    public synchronized void cut(boolean now) {
        cut = now;
        notifyAll();
    }

    /** While held, a batch is neither taken nor refused. */
    public synchronized void hold(boolean now) {
        held = now;
        notifyAll();
    }

    /** What happens while records are on their way: on the thread that brings them. */
    public synchronized void underWay(Runnable happens) {
        underWay = happens;
    }

    @Override
    public synchronized void append(List<AuditRecord> batch) {
        underWay.run();
        until(() -> !held);
        if (cut) {
            refused++;
            notifyAll();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "cut");
        }
        batch.forEach(record -> records.putIfAbsent(record.id(), record));
        batches.add(batch.size());
        notifyAll();
    }

    @Override
    public synchronized Optional<AuditLink> lastLink(String node) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Memory only: nothing to give back.
    }

    /** Waits until so many are there. */
    public synchronized List<AuditRecord> await(int size) {
        until(() -> records.size() >= size);
        return List.copyOf(records.values());
    }

    /** Waits until so many batches were refused. */
    public synchronized void awaitRefused(int times) {
        until(() -> refused >= times);
    }

    public synchronized List<AuditRecord> records() {
        return List.copyOf(records.values());
    }

    public synchronized List<Integer> batches() {
        return List.copyOf(batches);
    }

    private synchronized void until(BooleanSupplier holds) {
        var begun = System.nanoTime();
        try {
            while (!holds.getAsBoolean()) {
                wait(HANGS_AFTER_MILLIS);
                if (System.nanoTime() - begun > HANGS_AFTER_MILLIS * 900_000) {
                    throw new AssertionError("nothing happens");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
