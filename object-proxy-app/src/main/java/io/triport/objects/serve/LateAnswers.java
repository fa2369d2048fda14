package io.triport.objects.serve;

import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.S3Error;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers to what may take long. For one request. */
final class LateAnswers {
    /*
     * What ends soon is answered as anything else. For the rest the line of success goes out before it is known whether there
     * is any, and a blank from time to time, so that nobody on the way takes the connection for dead; the document behind them
     * tells how it ended (Amazon S3 API reference, CompleteMultipartUpload and CopyObject). Before that the grant must not end.
     */
    private static final int OK = 200;

    private final Patience patience;
    private final Function<RuntimeException, StreamReply> refused;
    private final Runnable whenDone;
    private boolean late;
    private volatile int status = OK;

    /** @param whenDone once the work has ended, late or not */
    LateAnswers(Patience patience, Function<RuntimeException, StreamReply> refused, Runnable whenDone) {
        this.patience = patience;
        this.refused = refused;
        this.whenDone = whenDone;
    }

    StreamReply answer(Supplier<StreamReply> work) {
        var task = new FutureTask<>(() -> done(work));
        Thread.ofVirtual().name("object-work").start(task);
        try {
            if (patience.awaits(task)) {
                return task.get();
            }
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw S3Error.SERVICE_UNAVAILABLE.refused();
        } catch (ExecutionException e) {
            throw new IllegalStateException("work: failed (expected: an answer)", e);
        }
        late = true;
        return StreamReply.of(OK).with("Content-Type", "application/xml").with(new LateDocument(task, patience));
    }

    private StreamReply done(Supplier<StreamReply> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            var reply = refused.apply(e);
            status = reply.status();
            return reply;
        } finally {
            whenDone.run();
        }
    }

    /** Whether the work went on behind the answer's beginning. */
    boolean late() {
        return late;
    }

    /** What the work came to, whatever the line says that went before it. */
    int status() {
        return status;
    }
}
