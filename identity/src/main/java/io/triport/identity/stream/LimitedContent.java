package io.triport.identity.stream;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/** A body that fails at the first byte above a bound. */
record LimitedContent(Content whole, ByteSize most) implements Content {
    @Override
    public OptionalLong length() {
        return whole.length();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return subscriber -> whole.bytes().subscribe(new Counting(subscriber));
    }

    @Override
    public Content limitedTo(ByteSize other) {
        return other.compareTo(most) < 0 ? new LimitedContent(whole, other) : this;
    }

    @Override
    public Bytes buffered() {
        return whole.limitedTo(most).buffered();
    }

    @Override
    public Map<String, String> trailers() {
        return whole.trailers();
    }

    @Override
    public boolean flows() {
        return whole.flows();
    }

    @Override
    public void close() {
        whole.close();
    }

    private final class Counting implements Flow.Subscriber<ByteBuffer> {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private Flow.Subscription upstream = Unsubscribed.INSTANCE;
        private long left = most.bytes();
        private boolean over;

        private Counting(Flow.Subscriber<? super ByteBuffer> subscriber) {
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
            left -= piece.remaining();
            if (left < 0) {
                over = true;
                upstream.cancel();
                subscriber.onError(new InvalidInput("body", "at most " + most.bytes() + " bytes"));
            } else {
                subscriber.onNext(piece);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!over) {
                subscriber.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!over) {
                subscriber.onComplete();
            }
        }
    }

    /** What is there before a subscription is. */
    private enum Unsubscribed implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long n) {
            throw new IllegalStateException("not subscribed");
        }

        @Override
        public void cancel() {
            throw new IllegalStateException("not subscribed");
        }
    }
}
