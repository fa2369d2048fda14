package io.triport.domain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.testkit.GeneratedContent;
import io.triport.testkit.StreamedContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ContentReaderTest {
    @Property(tries = 50)
    void all_bytes_come_in_their_order(
            @ForAll @IntRange(max = 100_000) int size, @ForAll @IntRange(min = 1, max = 9_999) int piece) {
        var content = GeneratedContent.of(size, size, piece);

        assertThat(GeneratedContent.read(content)).isEqualTo(content.whole());
        assertThat(content.closed()).isTrue();
    }

    @Test
    void a_body_in_memory_is_one_piece() throws InterruptedException {
        try (var reader = new ContentReader(Content.of(Bytes.utf8("hello")))) {
            assertThat(reader.next()).isEqualTo(ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)));
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void no_piece_is_asked_for_before_it_is_wanted() throws InterruptedException {
        var content = GeneratedContent.of(1, 1_000, 100);
        try (var reader = new ContentReader(content)) {
            assertThat(content.given()).isZero();
            reader.next();
            assertThat(content.given()).isEqualTo(100);
        }
        assertThat(content.closed()).isTrue();
    }

    @Test
    void what_the_body_fails_with_comes_out_as_it_is() {
        assertThatThrownBy(
                        () -> readAll(new Given(subscriber -> subscriber.onError(new InvalidInput("body", "shorter")))))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> readAll(new Given(subscriber -> subscriber.onError(new IOException("gone")))))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("gone");
        assertThatThrownBy(() -> readAll(new Given(subscriber -> subscriber.onError(new TimeoutException("slow")))))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void bytes_before_a_failure_are_given_first() throws InterruptedException {
        try (var reader = new ContentReader(GeneratedContent.of(1, 200, 100).breakingAfter(100))) {
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void one_who_waits_can_be_interrupted_and_gives_the_body_up() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var content = new Given(subscriber -> asked.countDown());
        var failure = new AtomicReference<Throwable>();
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                readAll(content);
            } catch (InterruptedException e) {
                failure.set(e);
            }
        });

        asked.await();
        waiting.interrupt();
        waiting.join();

        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        assertThat(content.cancelled).isTrue();
        assertThat(content.closed()).isTrue();
    }

    @Test
    void a_piece_may_come_from_another_thread() throws ExecutionException, InterruptedException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var content = new Given(subscriber -> executor.execute(() -> {
                subscriber.onNext(ByteBuffer.allocate(3));
                subscriber.onComplete();
            }));

            assertThat(executor.submit(() -> GeneratedContent.read(content)).get())
                    .isEqualTo(Bytes.copyOf(new byte[3]));
        }
    }

    @Test
    void closing_before_the_first_piece_only_closes_the_body() {
        var content = new Given(subscriber -> {});

        new ContentReader(content).close();

        assertThat(content.closed()).isTrue();
        assertThat(content.cancelled).isFalse();
    }

    private static void readAll(Content content) throws InterruptedException {
        try (var reader = new ContentReader(content)) {
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                assertThat(piece.hasRemaining()).isTrue();
            }
        }
    }

    /** A body whose publisher does what a test says when it is asked. */
    private static final class Given extends StreamedContent {
        private final Consumer<Flow.Subscriber<? super ByteBuffer>> whenAsked;
        private final AtomicBoolean cancelled = new AtomicBoolean();

        private Given(Consumer<Flow.Subscriber<? super ByteBuffer>> whenAsked) {
            this.whenAsked = whenAsked;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public Flow.Publisher<ByteBuffer> bytes() {
            return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                private boolean asked;

                @Override
                public void request(long n) {
                    if (!asked) {
                        asked = true;
                        whenAsked.accept(subscriber);
                    }
                }

                @Override
                public void cancel() {
                    cancelled.set(true);
                }
            });
        }
    }
}
