package io.triport.testkit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageEngine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls of stores that hang, of which each has its time come as soon as it hangs. */
public final class EndedCalls {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    /** No test depends on it: it only ends one that would hang. */
    private static final int MOST_LOOKS = 30_000;

    private final SettableTicker ticker = new SettableTicker();
    private final CallDeadlines deadlines = new CallDeadlines(MOST, ticker);
    private final Storage storage;

    public EndedCalls(StorageEngine engine, ObjectStores objects, Clock clock) {
        this.storage = new Storage(
                engine,
                Storage.Beside.NOTHING.withObjects(objects),
                new Storage.Means(clock, ticker, new RecordingStorageLog(), deadlines));
    }

    /** The door by which calls go that end in time, and those that do not. */
    public Storage storage() {
        return storage;
    }

    /**
     * What a call fails with whose time comes when it hangs. On a virtual thread, as requests have.
     *
     * @param hanging waits until it does, as far as that can be known
     */
    public FailureCode ended(Consumer<Storage> call, Runnable hanging) {
        var thrown = new AtomicReference<@Nullable Throwable>();
        var marked = new AtomicReference<@Nullable Boolean>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                call.accept(storage);
            } catch (RuntimeException | Error e) {
                thrown.set(e);
            }
            marked.set(Thread.currentThread().isInterrupted());
        });
        hanging.run();
        endWhenDue(caller);
        if (!Boolean.FALSE.equals(marked.get())) {
            throw new AssertionError("the thread is still interrupted");
        }
        if (thrown.get() instanceof StorageFailure.Unavailable failure) {
            return failure.code();
        }
        throw new AssertionError("the call was not ended", thrown.get());
    }

    private void endWhenDue(Thread caller) {
        try {
            for (var look = 0; !caller.join(BETWEEN_LOOKS); look++) {
                if (look == MOST_LOOKS) {
                    throw new AssertionError("the call hangs");
                }
                ticker.advance(MOST);
                deadlines.look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
