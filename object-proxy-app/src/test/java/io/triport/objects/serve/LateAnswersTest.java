package io.triport.objects.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LateAnswersTest {
    private static final Patience ENDLESS = Patience.of(Duration.ofMinutes(1));

    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void what_ends_soon_is_answered_as_it_is() {
        var answers = answers(ENDLESS);

        assertThat(answers.answer(() -> StreamReply.of(201)).status()).isEqualTo(201);
        assertThat(answers.late()).isFalse();
        assertThat(ends.get()).isEqualTo(1);
    }

    @Test
    void what_fails_soon_is_refused_with_its_own_status() {
        var answers = answers(ENDLESS);

        var reply = answers.answer(() -> {
            throw S3Error.NO_SUCH_UPLOAD.refused();
        });

        assertThat(reply.status()).isEqualTo(404);
        assertThat(answers.late()).isFalse();
    }

    @Test
    void work_that_fails_late_is_known_by_its_status() throws InterruptedException {
        var goOn = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var answers = new LateAnswers(work -> false, LateAnswersTest::refused, done::countDown);

        var reply = answers.answer(() -> {
            await(goOn);
            throw S3Error.NO_SUCH_UPLOAD.refused();
        });
        assertThat(reply.status()).isEqualTo(200);
        assertThat(answers.late()).isTrue();
        goOn.countDown();

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(answers.status()).isEqualTo(404);
    }

    @Test
    void a_caller_that_goes_takes_the_work_along() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var answers = answers(work -> {
            begun.await();
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> answers.answer(() -> {
                    begun.countDown();
                    return interrupted(stopped);
                }))
                .isInstanceOf(S3Refused.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void a_reader_that_goes_takes_the_work_along() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var reply = answers(work -> {
                    begun.await();
                    return false;
                })
                .answer(() -> {
                    begun.countDown();
                    return interrupted(stopped);
                });

        Objects.requireNonNull(reply.content()).close();

        assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Waits to be interrupted. */
    private static StreamReply interrupted(CountDownLatch stopped) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            stopped.countDown();
        }
        return StreamReply.of(200);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private LateAnswers answers(Patience patience) {
        return new LateAnswers(patience, LateAnswersTest::refused, ends::incrementAndGet);
    }

    private static StreamReply refused(RuntimeException failure) {
        return Replies.error(Failures.words(failure), "/", "id");
    }
}
