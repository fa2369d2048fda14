package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a body promises to who reads it. */
public abstract class ContentContract {
    private static final Bytes WHOLE = random(10_000);

    /** A body of these bytes, of which all has come already; one that streams comes in pieces of 1000 bytes or so. */
    protected abstract Content content(Bytes whole);

    @Test
    void all_bytes_come_in_their_order() {
        assertThat(GeneratedContent.read(content(WHOLE))).isEqualTo(WHOLE);
        assertThat(GeneratedContent.read(content(Bytes.EMPTY))).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void a_length_that_is_told_is_the_length() {
        try (var content = content(WHOLE)) {
            content.length().ifPresent(length -> assertThat(length).isEqualTo(WHOLE.size()));
        }
    }

    @Test
    void a_piece_stays_as_it_is_until_the_next_is_asked_for() throws InterruptedException {
        var reader = new Reader(content(WHOLE));
        var joined = Bytes.EMPTY;
        for (var piece = reader.next(); piece != null; piece = reader.next()) {
            var seen = copy(piece);
            reader.letOthersRun();
            assertThat(copy(piece)).isEqualTo(seen);
            joined = joined.concat(seen);
        }
        assertThat(joined).isEqualTo(WHOLE);
    }

    @Test
    void one_who_asks_for_one_piece_is_given_no_more() throws InterruptedException {
        var reader = new Reader(content(WHOLE));
        assertThat(reader.next()).isNotNull();

        reader.letOthersRun();

        assertThat(reader.signals.stream().filter(Signal.Piece.class::isInstance))
                .isEmpty();
        reader.subscription().cancel();
    }

    @Test
    void one_who_asks_for_all_at_once_is_given_all() throws InterruptedException {
        var reader = new Reader(content(WHOLE));
        reader.subscription().request(Long.MAX_VALUE);

        var joined = Bytes.EMPTY;
        var signal = reader.signals.take();
        while (signal instanceof Signal.Piece(var piece, var copy)) {
            joined = joined.concat(copy);
            signal = reader.signals.take();
        }

        assertThat(signal).isEqualTo(new Signal.Done());
        assertThat(joined).isEqualTo(WHOLE);
    }

    @Test
    void asking_for_nothing_is_an_error() throws InterruptedException {
        var reader = new Reader(content(WHOLE));

        reader.subscription().request(0);

        assertThat(reader.signals.take())
                .isInstanceOfSatisfying(
                        Signal.Broken.class,
                        broken -> assertThat(broken.why()).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void a_body_of_the_length_of_its_bound_passes() {
        assertThat(GeneratedContent.read(content(WHOLE).limitedTo(ByteSize.ofBytes(WHOLE.size()))))
                .isEqualTo(WHOLE);
    }

    @Test
    void no_byte_beyond_the_bound_is_given() throws InterruptedException {
        try (var content = content(WHOLE)) {
            Content bounded;
            try {
                bounded = content.limitedTo(ByteSize.ofBytes(WHOLE.size() - 1L));
            } catch (InvalidInput e) {
                // Its length was known.
                return;
            }
            var reader = new Reader(bounded);
            var seen = 0;
            var signal = reader.signal();
            while (signal instanceof Signal.Piece(var piece, var copy)) {
                seen += copy.size();
                signal = reader.signal();
            }
            assertThat(seen).isLessThan(WHOLE.size());
            assertThat(signal)
                    .isInstanceOfSatisfying(
                            Signal.Broken.class,
                            broken -> assertThat(broken.why()).isInstanceOf(InvalidInput.class));
        }
    }

    @Test
    void nothing_comes_to_one_who_has_cancelled() throws InterruptedException {
        var reader = new Reader(content(WHOLE));
        assertThat(reader.next()).isNotNull();
        reader.subscription().cancel();
        reader.signals.clear();

        reader.letOthersRun();

        assertThat(reader.signals).isEmpty();
    }

    @Test
    void one_that_is_not_read_can_be_closed_twice() {
        var content = content(WHOLE);

        content.close();
        content.close();
    }

    /** Bodies that stream have one test more. */
    public abstract static class OfOneReader extends ContentContract {
        @Test
        void it_has_one_reader() {
            try (var content = content(WHOLE)) {
                var first = new Reader(content);
                assertThatThrownBy(() -> new Reader(content)).isInstanceOf(IllegalStateException.class);
                first.subscription().cancel();
            }
        }
    }

    private static Bytes copy(ByteBuffer piece) {
        var bytes = new byte[piece.remaining()];
        piece.duplicate().get(bytes);
        return Bytes.copyOf(bytes);
    }

    private static Bytes random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private sealed interface Signal {
        /** @param copy as it was when it came */
        record Piece(ByteBuffer bytes, Bytes copy) implements Signal {}

        record Done() implements Signal {}

        record Broken(Throwable why) implements Signal {}
    }

    private static final class Reader implements Flow.Subscriber<ByteBuffer> {
        private static final int TURNS = 100;

        private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        private Reader(Content content) {
            content.bytes().subscribe(this);
        }

        /** What comes next; null at the end. */
        private @Nullable ByteBuffer next() throws InterruptedException {
            return switch (signal()) {
                case Signal.Piece(var bytes, var copy) -> bytes.duplicate();
                case Signal.Done done -> null;
                case Signal.Broken(var why) -> throw new AssertionError(why);
            };
        }

        private Signal signal() throws InterruptedException {
            if (signals.isEmpty()) {
                subscription().request(1);
            }
            return signals.take();
        }

        private Flow.Subscription subscription() {
            return subscription.join();
        }

        /** Gives a publisher that does too much the opportunity; one that does not is never found guilty. */
        @SuppressWarnings("ThreadPriorityCheck")
        private void letOthersRun() {
            for (var i = 0; i < TURNS; i++) {
                Thread.yield();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            signals.add(new Signal.Piece(piece, copy(piece)));
        }

        @Override
        public void onError(Throwable why) {
            signals.add(new Signal.Broken(why));
        }

        @Override
        public void onComplete() {
            signals.add(new Signal.Done());
        }
    }
}
