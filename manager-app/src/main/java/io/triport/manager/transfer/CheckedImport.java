package io.triport.manager.transfer;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read as an import while it flows, and fails instead of ending where it is none: whoever stores it stores nothing
 * then.
 */
final class CheckedImport implements Content {
    /*
     * Threads
     *
     * The reading of JSON has a virtual thread of its own, which ends with the body: before the last signal is passed on, its
     * result is waited for. Whoever gives the pieces waits while the reading is behind, which is the back-pressure.
     */
    private final Content body;
    private final Pipe pipe = new Pipe();
    private final FutureTask<ImportSummary> reading;

    CheckedImport(Content body, Bytes salt, Clock clock) {
        this.body = body;
        this.reading = new FutureTask<>(() -> {
            try (pipe) {
                return ImportSummary.of(new ImportReader(pipe, clock), salt);
            }
        });
    }

    /** What the file holds; to be asked for once, when the body has ended well. */
    ImportSummary summary() throws InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> {
            Thread.ofVirtual().name("import-reader").start(reading);
            body.bytes().subscribe(new Passing(subscriber));
        };
    }

    @Override
    public Content limitedTo(ByteSize most) {
        throw new IllegalStateException("limit (expected: on the body within)");
    }

    @Override
    public Bytes buffered() {
        throw new IllegalStateException("body: streams (expected: one that is held in memory)");
    }

    @Override
    public void close() {
        pipe.close();
        body.close();
    }

    private static RuntimeException unchecked(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    private final class Passing implements Flow.Subscriber<ByteBuffer> {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private Flow.@Nullable Subscription upstream;
        private boolean over;

        private Passing(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            upstream = subscription;
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            if (over) {
                return;
            }
            try {
                if (pipe.offer(Bytes.from(piece))) {
                    subscriber.onNext(piece);
                } else {
                    breakOff();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(new IllegalStateException("interrupted", e));
            }
        }

        @Override
        public void onError(Throwable failure) {
            pipe.close();
            if (!over) {
                subscriber.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (over) {
                return;
            }
            pipe.end();
            breakOff();
        }

        /** The reading has ended, or is about to: well at the end of the body only. */
        private void breakOff() {
            try {
                reading.get();
                over = true;
                subscriber.onComplete();
            } catch (ExecutionException e) {
                fail(unchecked(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(new IllegalStateException("interrupted", e));
            }
        }

        private void fail(RuntimeException why) {
            over = true;
            pipe.close();
            if (upstream != null) {
                upstream.cancel();
            }
            subscriber.onError(why);
        }
    }
}
