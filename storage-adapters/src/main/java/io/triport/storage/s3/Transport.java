package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.time.Ticker;
import io.triport.storage.endpoint.Call;
import io.triport.storage.endpoint.Connections;
import io.triport.storage.endpoint.Head;
import io.triport.storage.endpoint.Incoming;
import io.triport.storage.endpoint.Reception;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Requests and their answers, and how long each may keep us waiting. Safe for many threads. */
final class Transport {
    /** Under which we call. */
    static final String USER_AGENT = Optional.ofNullable(
                    Transport.class.getPackage().getImplementationVersion())
            .map(version -> "triport/" + version)
            .orElse("triport");

    private static final Duration FIRST_BYTE = Duration.ofSeconds(15);
    private static final Duration BODY = Duration.ofSeconds(30);
    /** A large object takes an endpoint a while to commit. */
    private static final Duration COMMIT = Duration.ofSeconds(60);

    private static final int LOOK_MILLIS = 200;

    private final Connections connections;
    private final Watch watch;
    private final Ticker ticker;

    private Transport(Connections connections, Watch watch, Ticker ticker) {
        this.connections = connections;
        this.watch = watch;
        this.ticker = ticker;
    }

    static Transport start(Ticker ticker) {
        var connections = Connections.start("triport-s3", ticker);
        return new Transport(connections, Watch.start(connections.loops(), ticker), ticker);
    }

    Ticker ticker() {
        return ticker;
    }

    /** Over bodies that are being read. */
    Watch watch() {
        return watch;
    }

    Connections connections() {
        return connections;
    }

    void close() {
        connections.close();
    }

    /**
     * Sends, and waits for the head of the answer.
     *
     * @throws ExecutionException with what the connection failed with
     * @throws TimeoutException when the endpoint is silent for too long
     * @throws InterruptedException when the caller no longer waits; the request is cancelled
     */
    Answer exchange(Call request, @Nullable UploadBody body)
            throws ExecutionException, TimeoutException, InterruptedException {
        var waiting = new Waiting(new CompletableFuture<>());
        var sent = connections.send(request, waiting);
        var startedAt = ticker.nanos();
        try {
            while (true) {
                try {
                    return waiting.answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException stillOpen) {
                    if (silent(body, startedAt)) {
                        throw stillOpen;
                    }
                }
            }
        } catch (InterruptedException | TimeoutException e) {
            waiting.answer.cancel(false);
            sent.cancel();
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

    private record Waiting(CompletableFuture<Answer> answer) implements Reception {
        @Override
        public void answered(Head head, Incoming body) {
            var whole = new Answer(head, body);
            if (!answer.complete(whole)) {
                whole.drop();
            }
        }

        @Override
        public void failed(Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }
}
