package io.triport.storage.piece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.testkit.GeneratedContent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PiecedContentTest {
    private final Counting pieces = new Counting(3);
    private final PiecedContent content = new PiecedContent(pieces, 6);

    @Test
    void pieces_come_in_their_order_and_are_closed_at_the_end() throws InterruptedException {
        assertThat(content.length()).hasValue(6);
        assertThat(GeneratedContent.read(content)).isEqualTo(Bytes.copyOf(new byte[] {1, 1, 2, 2, 3, 3}));

        pieces.closed.await();
    }

    @Test
    void one_who_asks_for_several_at_once_may_keep_them() throws Exception {
        var kept = new Keeping(2);

        content.bytes().subscribe(kept);

        assertThat(kept.ended.get(1, TimeUnit.MINUTES)).isEqualTo("completed");
        assertThat(kept.pieces.subList(0, 1)).containsExactly(ByteBuffer.wrap(new byte[] {1, 1}));
        assertThat(kept.pieces).hasSize(3);
        pieces.closed.await();
    }

    @Test
    void a_failure_of_the_store_is_told_to_the_subscriber() throws Exception {
        var kept = new Keeping(1);

        new PiecedContent(new Failing(), 6).bytes().subscribe(kept);

        assertThat(kept.ended.get(1, TimeUnit.MINUTES)).contains("Corrupt");
    }

    @Test
    void asking_for_nothing_is_refused() throws Exception {
        var kept = new Keeping(0);

        content.bytes().subscribe(kept);

        assertThat(kept.ended.get(1, TimeUnit.MINUTES)).contains("IllegalArgumentException");
        pieces.closed.await();
    }

    @Test
    void cancelling_and_closing_give_the_pieces_back() throws InterruptedException {
        var other = new Counting(1);
        content.bytes().subscribe(new Keeping(1) {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.cancel();
            }
        });
        new PiecedContent(other, 2).close();

        pieces.closed.await();
        other.closed.await();
        assertThat(pieces.given).isZero();
    }

    @Test
    void a_virtual_thread_that_asks_is_told_within_its_asking() throws InterruptedException {
        var kept = new Keeping(1);
        var told = new CompletableFuture<Integer>();

        Thread.ofVirtual()
                .start(() -> {
                    content.bytes().subscribe(kept);
                    told.complete(kept.pieces.size());
                })
                .join();

        assertThat(told).isCompletedWithValue(3);
    }

    @Test
    void it_can_be_subscribed_once() {
        content.bytes().subscribe(new Keeping(1));

        assertThatThrownBy(() -> content.bytes().subscribe(new Keeping(1))).isInstanceOf(IllegalStateException.class);
    }

    /** Pieces in one and the same buffer, as they come from a file. */
    private static final class Counting implements Pieces {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final byte[] buffer = new byte[2];
        private final int count;
        private int given;

        private Counting(int count) {
            this.count = count;
        }

        @Override
        public @Nullable ByteBuffer next() {
            if (given == count) {
                return null;
            }
            given++;
            buffer[0] = (byte) given;
            buffer[1] = (byte) given;
            return ByteBuffer.wrap(buffer);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static final class Failing implements Pieces {
        @Override
        public @Nullable ByteBuffer next() {
            throw new StorageFailure.Corrupt("block 0");
        }

        @Override
        public void close() {
            // Nothing to give back.
        }
    }

    /** Asks for so many at first, and for one more after each. */
    private static class Keeping implements Flow.Subscriber<ByteBuffer> {
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private final List<ByteBuffer> pieces = new ArrayList<>();
        private final int first;
        private Flow.@Nullable Subscription subscription;

        private Keeping(int first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(first);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            pieces.add(piece);
            if (pieces.size() >= first && subscription != null) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            ended.complete(thrown.toString());
        }

        @Override
        public void onComplete() {
            ended.complete("completed");
        }
    }
}
