package io.triport.storage.s3;

import io.triport.domain.request.Bytes;
import io.triport.storage.endpoint.Head;
import io.triport.storage.endpoint.Incoming;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The head of an answer and its body, which is read once or dropped. */
record Answer(Head head, Incoming body) {
    private static final int SECONDS = 30;

    int status() {
        return head.status();
    }

    Optional<String> field(String name) {
        return head.field(name);
    }

    boolean succeeded() {
        return head.good();
    }

    /** The connection goes with it unless the body is empty. */
    void drop() {
        body.subscribe(new Collector(0));
    }

    /** @return what was told of the failure; an overlong body counts as none */
    UpstreamError error() throws InterruptedException {
        return UpstreamError.of(status(), this::field, collected(UpstreamError.MOST_BYTES));
    }

    /** @return all of the body; empty where it is longer or breaks off */
    Bytes document(int most) throws InterruptedException {
        return Bytes.copyOf(collected(most));
    }

    private byte[] collected(int most) throws InterruptedException {
        var collector = new Collector(most);
        body.subscribe(collector);
        try {
            return collector.whole.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            collector.stop();
            return new byte[0];
        }
    }

    private static final class Collector implements Flow.Subscriber<ByteBuffer> {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int most;
        private volatile Flow.@Nullable Subscription subscription;

        private Collector(int most) {
            this.most = most;
        }

        private void stop() {
            var open = subscription;
            if (open != null) {
                open.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription opened) {
            subscription = opened;
            opened.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            if (bytes.size() + piece.remaining() > most) {
                stop();
                whole.complete(new byte[0]);
                return;
            }
            var copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.write(copy, 0, copy.length);
        }

        @Override
        public void onError(Throwable cause) {
            whole.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
