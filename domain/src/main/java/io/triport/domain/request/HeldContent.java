package io.triport.domain.request;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/** A body in memory: any number of readers, each gets all bytes at its first demand. */
record HeldContent(Bytes buffered) implements Content {
    @Override
    public OptionalLong length() {
        return OptionalLong.of(buffered.size());
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> subscriber.onSubscribe(new OneBuffer(subscriber));
    }

    @Override
    public Content limitedTo(ByteSize most) {
        if (buffered.size() > most.bytes()) {
            throw new InvalidInput("body", "at most " + most.bytes() + " bytes");
        }
        return this;
    }

    @Override
    public void close() {
        // Memory only: nothing to give back.
    }

    private final class OneBuffer implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private boolean done;

        private OneBuffer(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (done) {
                return;
            }
            done = true;
            if (n <= 0) {
                subscriber.onError(new IllegalArgumentException("demand: " + n + " (expected: 1 or more)"));
                return;
            }
            if (!buffered.isEmpty()) {
                subscriber.onNext(buffered.toByteBuffer());
            }
            subscriber.onComplete();
        }

        @Override
        public void cancel() {
            done = true;
        }
    }
}
