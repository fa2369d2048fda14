package io.triport.testkit;

import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body whose client says nothing more after its first piece. */
final class HangingContent extends StreamedContent {
    /** No test depends on it: it only ends one that would hang. */
    private static final long HANGS_AFTER_SECONDS = 60;

    private final Bytes first;
    private final long size;
    private final CountDownLatch askedAgain = new CountDownLatch(1);
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** @param size what it says that it has */
    HangingContent(Bytes first, long size) {
        this.first = first;
        this.size = size;
    }

    /** Waits until somebody asks for what never comes. */
    void awaitHanging() throws InterruptedException {
        if (!askedAgain.await(HANGS_AFTER_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("content: not read on");
        }
    }

    /** Whether nobody has it any more: its reader has cancelled, or its owner has closed it. */
    boolean givenBack() {
        return cancelled.get() || closed();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private boolean given;

            @Override
            public void request(long n) {
                if (given) {
                    askedAgain.countDown();
                } else {
                    given = true;
                    subscriber.onNext(first.toByteBuffer());
                }
            }

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
    }
}
