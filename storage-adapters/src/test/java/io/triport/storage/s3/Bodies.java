package io.triport.storage.s3;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a content to its end, one piece at a time. */
final class Bodies {
    private Bodies() {}

    static Bytes read(Content content) {
        return reading(content).join();
    }

    static CompletableFuture<Bytes> reading(Content content) {
        var whole = new CompletableFuture<Bytes>();
        content.bytes().subscribe(new Flow.Subscriber<>() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private Flow.@Nullable Subscription source;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                source = subscription;
                subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                var copy = new byte[piece.remaining()];
                piece.get(copy);
                bytes.writeBytes(copy);
                Objects.requireNonNull(source).request(1);
            }

            @Override
            public void onError(Throwable cause) {
                whole.completeExceptionally(cause);
            }

            @Override
            public void onComplete() {
                whole.complete(Bytes.copyOf(bytes.toByteArray()));
            }
        });
        return whole;
    }
}
