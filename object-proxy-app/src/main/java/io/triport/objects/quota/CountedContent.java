package io.triport.objects.quota;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/** A body whose bytes are counted as they pass. @param passed told of each piece */
public record CountedContent(Content whole, LongConsumer passed) implements Content {
    @Override
    public OptionalLong length() {
        return whole.length();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        var counted = whole.bytes();
        return subscriber -> counted.subscribe(new Counting(subscriber, passed));
    }

    @Override
    public Content limitedTo(ByteSize most) {
        return new CountedContent(whole.limitedTo(most), passed);
    }

    @Override
    public Bytes buffered() {
        var bytes = whole.buffered();
        passed.accept(bytes.size());
        return bytes;
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

    private record Counting(Flow.Subscriber<? super ByteBuffer> subscriber, LongConsumer passed)
            implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            passed.accept(piece.remaining());
            subscriber.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }
}
