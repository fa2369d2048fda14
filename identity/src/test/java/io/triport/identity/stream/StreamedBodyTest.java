package io.triport.identity.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StreamedBodyTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StreamedBody body = new StreamedBody(OptionalLong.of(3), () -> {}, threads);
    private final Reader reader = new Reader();
    private final ByteBuf piece = Unpooled.copiedBuffer("abc", StandardCharsets.US_ASCII);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void the_end_is_told_only_to_who_is_done_with_the_last_piece() throws InterruptedException {
        reader.then = body::end;
        body.bytes().subscribe(reader);
        reader.request();
        body.offer(piece);
        reader.got.await();

        assertThat(piece.refCnt()).isEqualTo(1);
        assertThat(reader.read).containsExactly("abc");
        reader.doneWithLast.set(true);
        reader.request();
        reader.over.await();

        assertThat(reader.toldInTime).isTrue();
        assertThat(piece.refCnt()).isZero();
    }

    @Test
    void a_failure_is_told_only_to_who_is_done_with_the_last_piece() throws InterruptedException {
        reader.then = () -> body.fail(new BrokenBody("gone"));
        body.bytes().subscribe(reader);
        reader.request();
        body.offer(piece);
        reader.got.await();

        assertThat(piece.refCnt()).isEqualTo(1);
        reader.doneWithLast.set(true);
        reader.request();
        reader.over.await();

        assertThat(reader.toldInTime).isTrue();
        assertThat(reader.failure).isInstanceOf(BrokenBody.class);
        assertThat(piece.refCnt()).isZero();
    }

    @Test
    void a_body_without_bytes_ends_for_who_asks() throws InterruptedException {
        body.bytes().subscribe(reader);
        reader.doneWithLast.set(true);
        body.end();
        reader.request();
        reader.over.await();

        assertThat(reader.read).isEmpty();
        assertThat(reader.failure).isNull();
        piece.release();
    }

    @Test
    void a_virtual_thread_is_told_within_its_asking() throws InterruptedException {
        var told = new AtomicBoolean();
        body.offer(piece);
        body.bytes().subscribe(reader);

        Thread.ofVirtual()
                .start(() -> {
                    reader.ask();
                    told.set(reader.read.equals(List.of("abc")));
                })
                .join();

        assertThat(told).isTrue();
        body.close();
        assertThat(piece.refCnt()).isZero();
    }

    @Test
    void one_who_is_interrupted_waits_no_longer() throws InterruptedException {
        body.bytes().subscribe(reader);
        var waiting = Thread.ofVirtual().unstarted(reader::ask);

        waiting.start();
        waiting.interrupt();
        waiting.join();

        assertThat(reader.failure).isInstanceOf(BrokenBody.class);
        piece.release();
    }

    @Test
    void a_piece_that_comes_after_the_body_is_closed_is_let_go() {
        body.close();

        body.offer(piece);

        assertThat(piece.refCnt()).isZero();
    }

    /** Keeps what it is given until it says that it is done, as one does that writes on another thread. */
    private static final class Reader implements Flow.Subscriber<ByteBuffer> {
        private final CountDownLatch subscribed = new CountDownLatch(1);
        private final CountDownLatch got = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicBoolean doneWithLast = new AtomicBoolean();
        private final List<String> read = new ArrayList<>();
        private volatile Runnable then = () -> {};
        private volatile boolean toldInTime;
        private volatile Flow.@Nullable Subscription subscription;
        private volatile @Nullable Throwable failure;

        private void request() throws InterruptedException {
            subscribed.await();
            ask();
        }

        private void ask() {
            var open = subscription;
            if (open != null) {
                open.request(1);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscribed.countDown();
        }

        @Override
        public void onNext(ByteBuffer next) {
            read.add(StandardCharsets.US_ASCII.decode(next).toString());
            then.run();
            got.countDown();
        }

        @Override
        public void onError(Throwable why) {
            failure = why;
            ended();
        }

        @Override
        public void onComplete() {
            ended();
        }

        private void ended() {
            toldInTime = doneWithLast.get();
            over.countDown();
        }
    }
}
