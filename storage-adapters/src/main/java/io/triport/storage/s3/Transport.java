package io.triport.storage.s3;

import io.netty.channel.EventLoopGroup;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/** HTTP/1.1 with a pool of kept connections for each endpoint. Safe for many threads. */
final class Transport {
    /** Under which we call. */
    static final String USER_AGENT = Optional.ofNullable(
                    Transport.class.getPackage().getImplementationVersion())
            .map(version -> "triport/" + version)
            .orElse("triport");

    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Shorter than endpoints keep a silent connection: one that they close as we use it costs a request. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private static final int CONNECTIONS = 256;
    private static final Duration FIRST_BYTE = Duration.ofSeconds(15);
    private static final Duration BODY = Duration.ofSeconds(30);
    /** A large object takes an endpoint a while to commit. */
    private static final Duration COMMIT = Duration.ofSeconds(60);

    private static final int LOOK_MILLIS = 200;

    private final EventLoopGroup loops;
    private final SdkAsyncHttpClient client;
    private final Ticker ticker;

    private Transport(EventLoopGroup loops, SdkAsyncHttpClient client, Ticker ticker) {
        this.loops = loops;
        this.client = client;
        this.ticker = ticker;
    }

    static Transport start(Ticker ticker) {
        var threads = Thread.ofPlatform().daemon().name("triport-s3-", 0).factory();
        var loops = SdkEventLoopGroup.builder().threadFactory(threads).build().eventLoopGroup();
        var client = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(loops, EndpointChannel::new))
                .protocol(Protocol.HTTP1_1)
                .maxConcurrency(CONNECTIONS)
                .connectionTimeout(CONNECT)
                .connectionAcquisitionTimeout(CONNECT)
                .connectionMaxIdleTime(KEPT)
                .tlsNegotiationTimeout(CONNECT)
                // Silence is judged here, where it is known who keeps whom waiting.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
        return new Transport(loops, client, ticker);
    }

    Ticker ticker() {
        return ticker;
    }

    EventLoopGroup loops() {
        return loops;
    }

    SdkAsyncHttpClient client() {
        return client;
    }

    void close() {
        client.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /**
     * Sends, and waits for the head of the answer.
     *
     * @throws ExecutionException with what the connection failed with
     * @throws TimeoutException when the endpoint is silent for too long
     * @throws InterruptedException when the caller no longer waits; the request is cancelled
     */
    Answer exchange(SdkHttpRequest request, @Nullable UploadBody body)
            throws ExecutionException, TimeoutException, InterruptedException {
        var exchange = new Exchange();
        var sent = client.execute(AsyncExecuteRequest.builder()
                .request(request)
                .requestContentPublisher(body == null ? new NoBody() : body)
                .responseHandler(exchange)
                .build());
        var startedAt = ticker.nanos();
        try {
            while (true) {
                try {
                    return exchange.answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException stillOpen) {
                    if (silent(body, startedAt)) {
                        throw stillOpen;
                    }
                }
            }
        } catch (InterruptedException | TimeoutException e) {
            exchange.answer.cancel(false);
            sent.cancel(true);
            throw e;
        }
    }

    private boolean silent(@Nullable UploadBody body, long startedAt) {
        if (body == null || !body.started()) {
            return ticker.nanos() - startedAt > FIRST_BYTE.toNanos();
        }
        return body.stalled(body.delivered() ? COMMIT : BODY);
    }

    /** For a failure where the thread was asked to stop waiting. */
    static StorageFailure interrupted(InterruptedException cause, Effect effect) {
        Thread.currentThread().interrupt();
        return new StorageFailure.Unavailable(
                effect == Effect.NONE ? FailureCode.UNAVAILABLE : FailureCode.OUTCOME_UNKNOWN,
                "s3: interrupted",
                cause);
    }

    private static final class Exchange implements SdkAsyncHttpResponseHandler {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private volatile @Nullable SdkHttpResponse head;
        private volatile @Nullable BodyStream streaming;

        @Override
        public void onHeaders(SdkHttpResponse response) {
            head = response;
        }

        @Override
        public void onStream(Publisher<ByteBuffer> body) {
            var first = head;
            if (first == null) {
                answer.completeExceptionally(new IllegalStateException("a body without a head"));
                return;
            }
            var stream = new BodyStream(body);
            streaming = stream;
            var whole = new Answer(first, stream);
            if (!answer.complete(whole)) {
                whole.drop();
            }
        }

        @Override
        public void onError(Throwable cause) {
            var open = streaming;
            if (open == null) {
                answer.completeExceptionally(cause);
            } else {
                open.fail(cause);
            }
        }
    }
}
