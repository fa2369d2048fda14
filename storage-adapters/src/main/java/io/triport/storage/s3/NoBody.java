package io.triport.storage.s3;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** The body of a request that has none. */
record NoBody() implements SdkHttpContentPublisher {
    @Override
    public Optional<Long> contentLength() {
        return Optional.of(0L);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> sink) {
        sink.onSubscribe(new Subscription() {
            private boolean done;

            @Override
            public void request(long count) {
                if (!done) {
                    done = true;
                    sink.onComplete();
                }
            }

            @Override
            public void cancel() {
                done = true;
            }
        });
    }
}
