package io.triport.storage.lucene;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.Mutation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The place of one index among those that are open: opens it when it is used, and closes it again when others need the memory. */
final class LuceneSlot {
    /*
     * Locks
     *
     * Whoever uses the open index, reading or writing, holds the read lock for that time; whoever opens, closes or drops it the
     * write lock. One thread at a time writes: the one for which `writing` was turned to true.
     *
     * Groups
     *
     * A change waits in the queue. Whoever puts one in while nobody writes sends a thread to write; that one takes what waits, up to
     * a bound on the memory for it, commits, and looks again. It gives up its turn before it looks for the last time, so that no
     * change is left behind.
     */
    private static final int MOST_CHANGES = 16;

    private final Index index;
    private final Path folder;
    private final LuceneMeans means;
    private final LuceneThreads threads;
    private final Runnable afterwards;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    /** Changed within the write lock, used within the read lock; whether there are any may be asked without. */
    private volatile @Nullable LuceneFiles files;
    /** Guarded by the lock. */
    private boolean gone;

    /** @param afterwards what is done whenever the index was used, on a thread of these */
    LuceneSlot(Index index, Path folder, LuceneMeans means, LuceneThreads threads, Runnable afterwards) {
        this.index = index;
        this.folder = folder;
        this.means = means;
        this.threads = threads;
        this.afterwards = afterwards;
    }

    private record Waiting(LuceneChange change, CompletableFuture<Mutation> answer) {}

    /** On a thread of {@link LuceneThreads}. */
    <R> R read(LuceneFiles.Reading<R> reading) {
        try {
            return use(open -> LuceneFailures.reading(() -> open.read(reading)));
        } finally {
            afterwards.run();
        }
    }

    /** On the thread of the caller, who waits until the change is kept. */
    Mutation change(LuceneChange change) {
        var waiting = new Waiting(change, new CompletableFuture<>());
        queue.add(waiting);
        send();
        return LuceneThreads.await(
                waiting.answer(), () -> queue.remove(waiting) ? FailureCode.UNAVAILABLE : FailureCode.OUTCOME_UNKNOWN);
    }

    boolean isOpen() {
        return files != null;
    }

    /** Whether it is closed now: not while it is used. */
    boolean closeIfIdle() {
        if (!lock.writeLock().tryLock()) {
            return false;
        }
        try {
            closeFiles();
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Closes it for ever, after the calls that go on. */
    void end() {
        lock.writeLock().lock();
        try {
            gone = true;
            closeFiles();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void send() {
        if (writing.compareAndSet(false, true)) {
            try {
                threads.submit(this::write);
            } catch (StorageFailure e) {
                writing.set(false);
                // Others may have come in the belief that somebody writes.
                for (var waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                    waiting.answer().completeExceptionally(e);
                }
            }
        }
    }

    private void write() {
        do {
            for (var group = next(); !group.isEmpty(); group = next()) {
                write(group);
            }
            writing.set(false);
        } while (!queue.isEmpty() && writing.compareAndSet(false, true));
        afterwards.run();
    }

    private List<Waiting> next() {
        var group = new ArrayList<Waiting>();
        for (var i = 0; i < MOST_CHANGES; i++) {
            Optional.ofNullable(queue.poll()).ifPresent(group::add);
        }
        return group;
    }

    private void write(List<Waiting> group) {
        try {
            var changes = group.stream().map(Waiting::change).toList();
            var done = use(open -> changed(open, changes));
            for (var i = 0; i < done.size(); i++) {
                switch (done.get(i)) {
                    case LuceneFiles.Done.Kept(var mutation) ->
                        group.get(i).answer().complete(mutation);
                    case LuceneFiles.Done.Refused(var failure) ->
                        group.get(i).answer().completeExceptionally(failure);
                }
            }
        } catch (RuntimeException | Error e) {
            group.forEach(waiting -> waiting.answer().completeExceptionally(e));
        }
    }

    private List<LuceneFiles.Done> changed(LuceneFiles open, List<LuceneChange> changes) {
        var kept = false;
        try {
            var done = LuceneFailures.reading(() -> open.change(changes));
            kept = true;
            return done;
        } finally {
            // What was done and not committed must not come with the next commit, whatever has happened.
            if (!kept) {
                open.spoil();
            }
        }
    }

    private <R> R use(Function<LuceneFiles, R> work) {
        lock.readLock().lock();
        try {
            var open = files;
            if (open != null && !open.spoilt()) {
                return work.apply(open);
            }
        } finally {
            lock.readLock().unlock();
        }
        open();
        return use(work);
    }

    private void open() {
        lock.writeLock().lock();
        try {
            if (gone) {
                throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "index: unknown");
            }
            var open = files;
            if (open != null && open.spoilt()) {
                closeFiles();
            }
            if (files == null) {
                files = LuceneFailures.reading(() -> LuceneFiles.open(index, folder, means));
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void closeFiles() {
        var open = files;
        files = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // All that was answered is committed.
                LuceneFailures.LOG.warn("vectors index={} not closed", index.id(), e);
            }
        }
    }
}
