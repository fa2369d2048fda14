package io.triport.storage.s3;

import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Waits for the end of a content that should have no bytes. */
final class Ending implements Flow.Subscriber<ByteBuffer> {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;
    private volatile Flow.@Nullable Subscription source;

    /** What it failed with. */
    Optional<Throwable> await() throws InterruptedException {
        try {
            ended.await();
        } catch (InterruptedException e) {
            var open = source;
            if (open != null) {
                open.cancel();
            }
            throw e;
        }
        return Optional.ofNullable(failure);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        var open = source;
        if (!piece.hasRemaining() && open != null) {
            open.request(1);
            return;
        }
        if (open != null) {
            open.cancel();
        }
        onError(new InvalidInput("body", "0 bytes"));
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        ended.countDown();
    }

    @Override
    public void onComplete() {
        ended.countDown();
    }
}
