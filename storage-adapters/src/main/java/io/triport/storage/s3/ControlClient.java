package io.triport.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** The shared connections, under our own name and with a bound on what Amazon's client collects. */
record ControlClient(SdkAsyncHttpClient client) implements SdkAsyncHttpClient {
    /** A page of 1000 keys of 1024 bytes, each byte in three characters, and as much again. */
    private static final long MOST_BYTES = 8L << 20;

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        SdkHttpRequest named = request.request().toBuilder()
                .putHeader("User-Agent", Transport.USER_AGENT)
                .build();
        return client.execute(AsyncExecuteRequest.builder()
                .request(named)
                .requestContentPublisher(request.requestContentPublisher())
                .fullDuplex(request.fullDuplex())
                .responseHandler(new Bounded(request.responseHandler()))
                .build());
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    /** The connections are not this client's own. */
    @Override
    public void close() {}

    private record Bounded(SdkAsyncHttpResponseHandler handler) implements SdkAsyncHttpResponseHandler {
        @Override
        public void onHeaders(SdkHttpResponse head) {
            handler.onHeaders(head);
        }

        @Override
        public void onStream(Publisher<ByteBuffer> body) {
            handler.onStream(sink -> body.subscribe(new Counted(sink)));
        }

        @Override
        public void onError(Throwable cause) {
            handler.onError(cause);
        }
    }

    private static final class Counted implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> sink;
        private Subscription source = new Subscription() {
            @Override
            public void request(long count) {
                // Nothing flows before there is a source.
            }

            @Override
            public void cancel() {
                // Nothing flows before there is a source.
            }
        };
        private long received;
        private boolean done;

        private Counted(Subscriber<? super ByteBuffer> sink) {
            this.sink = sink;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            sink.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            received += piece.remaining();
            if (received > MOST_BYTES) {
                source.cancel();
                onError(new IOException("an answer of more than " + MOST_BYTES + " bytes"));
            } else if (!done) {
                sink.onNext(piece);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (!done) {
                done = true;
                sink.onError(cause);
            }
        }

        @Override
        public void onComplete() {
            if (!done) {
                done = true;
                sink.onComplete();
            }
        }
    }
}
