package io.triport.domain.request;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/** A body whose pieces somebody looks at as they pass, and leaves as they are. */
public final class WatchedContent implements Content {
    private final Content content;
    private final Watcher watcher;

    /** Hears of pieces on the threads that bring them; must not wait and must not throw. */
    @FunctionalInterface
    public interface Watcher {
        /** A piece has come, which the reader gets now. @param bytes how many are in it */
        void came(int bytes);

        /** The reader has asked for so many pieces. */
        default void asked(long pieces) {}

        /** No piece comes any more: the end was told, or a failure, or the reader wants no more. */
        default void ended() {}
    }

    public WatchedContent(Content content, Watcher watcher) {
        this.content = content;
        this.watcher = watcher;
    }

    @Override
    public OptionalLong length() {
        return content.length();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        var source = content.bytes();
        return reader -> source.subscribe(new Reading(reader, watcher));
    }

    @Override
    public Content limitedTo(ByteSize most) {
        return new WatchedContent(content.limitedTo(most), watcher);
    }

    @Override
    public Bytes buffered() {
        return content.buffered();
    }

    @Override
    public Map<String, String> trailers() {
        return content.trailers();
    }

    @Override
    public boolean flows() {
        return content.flows();
    }

    @Override
    public void close() {
        content.close();
    }

    private record Reading(Flow.Subscriber<? super ByteBuffer> reader, Watcher watcher)
            implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            reader.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long pieces) {
                    // Before: the piece may come within the request.
                    watcher.asked(pieces);
                    subscription.request(pieces);
                }

                @Override
                public void cancel() {
                    watcher.ended();
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(ByteBuffer piece) {
            watcher.came(piece.remaining());
            reader.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            watcher.ended();
            reader.onError(failure);
        }

        @Override
        public void onComplete() {
            watcher.ended();
            reader.onComplete();
        }
    }
}
