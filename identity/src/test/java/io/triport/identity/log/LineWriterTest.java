package io.triport.identity.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineWriterTest {
    private static final int MORE_THAN_THE_QUEUE_HOLDS = 10_000;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("triport.request");

    @Test
    void every_line_is_written_in_order_before_the_stop_returns() {
        var writer = writer(new PrintStream(written, false, StandardCharsets.UTF_8));

        for (var i = 0; i < MORE_THAN_THE_QUEUE_HOLDS; i++) {
            logger.atInfo().addKeyValue("number", i).log("counted");
        }
        writer.stop();

        assertThat(written.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceAll(".* counted number=", "")))
                .containsExactlyElementsOf(IntStream.range(0, MORE_THAN_THE_QUEUE_HOLDS)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void lines_of_a_stream_that_stalls_wait_and_are_not_dropped() throws InterruptedException {
        var stalled = new StallingStream(written);
        var writer = writer(new PrintStream(stalled, false, StandardCharsets.UTF_8));
        var busy = Thread.ofVirtual().start(() -> {
            for (var i = 0; i < MORE_THAN_THE_QUEUE_HOLDS; i++) {
                logger.info("counted");
            }
        });

        stalled.awaitWriter();
        stalled.goOn();
        busy.join();
        writer.stop();

        assertThat(written.toString(StandardCharsets.UTF_8).lines()).hasSize(MORE_THAN_THE_QUEUE_HOLDS);
    }

    @Test
    void an_interrupted_thread_writes_its_line_and_stays_interrupted() {
        var writer = writer(new PrintStream(written, false, StandardCharsets.UTF_8));

        Thread.currentThread().interrupt();
        logger.info("counted");

        assertThat(Thread.interrupted()).isTrue();
        writer.stop();
        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith(" INFO triport.request counted\n");
    }

    @Test
    void a_line_after_the_stop_holds_nobody() {
        writer(new PrintStream(written, false, StandardCharsets.UTF_8)).stop();

        logger.info("counted");

        assertThat(written.size()).isZero();
    }

    private LineWriter writer(PrintStream out) {
        var writer = new LineWriter(new LineLayout(Logging.Format.TEXT), new LineCounts(), out);
        context.setMDCAdapter(new LogbackMDCAdapter());
        writer.setContext(context);
        writer.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(writer);
        return writer;
    }

    /** Takes nothing until it is told to. */
    private static final class StallingStream extends OutputStream {
        private final ByteArrayOutputStream taken;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        StallingStream(ByteArrayOutputStream taken) {
            this.taken = taken;
        }

        void awaitWriter() throws InterruptedException {
            asked.await();
        }

        void goOn() {
            open.countDown();
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            asked.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            taken.write(bytes, from, length);
        }
    }
}
