package io.triport.identity.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StreamGuardTest {
    private final TestTicker ticker = new TestTicker();
    private final Drain drain = new Drain(ticker);
    private final Wire.App app = new Wire.App();
    private final Wire.Socket stream = new Wire.Socket();
    private final EmbeddedChannel socket = new EmbeddedChannel();
    private ExchangeGuard passing;

    @BeforeEach
    void open() {
        var limits = Wire.LIMITS;
        var shared = new Shared(limits, Wire.REFUSALS, new Places(limits.work(), ticker), drain, ticker);
        var connection = new ConnectionGuard(shared, Wire.visit(limits));
        socket.freezeTime();
        socket.pipeline().addLast(Http2FrameCodecBuilder.forServer().build(), connection);
        var guard = new StreamGuard(shared, connection);
        passing = new ExchangeGuard(guard, shared, target -> true, ExchangeGuard.Trailers.PASSED);
        stream.freezeTime();
        stream.config().setAutoRead(false);
        stream.pipeline()
                .addLast(guard, new ExchangeGuard(guard, shared, target -> true, ExchangeGuard.Trailers.DROPPED), app);
    }

    @AfterEach
    void close() {
        stream.finishAndReleaseAll();
        socket.finishAndReleaseAll();
        assertThat(drain.busy()).isZero();
    }

    @Test
    void a_request_is_answered_and_its_stream_ends() {
        head("GET", true);

        assertThat(app.seen).containsExactly("GET / []");
        assertThat(frames()).containsExactly("200", "GET /  end");
    }

    @Test
    void trailers_of_a_request_go_no_further() {
        head("POST", false);
        data("body", false);
        stream.writeInbound(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().add("x-a", "b"), true));

        assertThat(app.seen).containsExactly("POST / body[]");
    }

    @Test
    void trailers_get_to_an_app_that_keeps_them_apart() {
        stream.pipeline().replace(ExchangeGuard.class, "passing", passing);
        head("POST", false);
        stream.writeInbound(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().add("x-a", "b"), true));

        assertThat(app.seen).containsExactly("POST / [x-a=b]");
    }

    @Test
    void trailers_that_are_no_fields_are_a_bad_request() {
        stream.pipeline().replace(ExchangeGuard.class, "passing", passing);
        head("POST", false);
        stream.writeInbound(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers(false).add("x-a", "b\nc"), true));

        assertThat(app.seen).isEmpty();
        assertThat(frames()).containsExactly("400", "{\"code\":\"malformed_request\"} end");
    }

    @Test
    void a_body_that_pauses_for_fifteen_seconds_is_not_waited_for() {
        head("POST", false);
        stream.read();
        after(Duration.ofSeconds(9));
        data("x".repeat(10_000), false);
        stream.read();
        after(Duration.ofMillis(14_999));
        assertThat(frames()).isEmpty();

        after(Duration.ofMillis(1));

        assertThat(frames()).containsExactly("408", "{\"code\":\"request_timeout\"} end");
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void a_body_that_is_too_slow_on_average_is_not_waited_for() {
        head("POST", false);
        for (var i = 0; i < 9; i++) {
            stream.read();
            after(Duration.ofSeconds(1));
            data("x".repeat(100), false);
        }
        assertThat(frames()).isEmpty();

        stream.read();
        after(Duration.ofSeconds(1));

        assertThat(frames()).startsWith("408");
    }

    @Test
    void time_in_which_nobody_reads_does_not_count_as_the_clients() {
        head("POST", false);

        after(Duration.ofMinutes(5));

        assertThat(frames()).isEmpty();
        assertThat(stream.isOpen()).isTrue();
    }

    @Test
    void an_answer_that_the_client_does_not_take_is_cut_off_after_thirty_seconds() {
        stream.stalled = true;
        head("GET", true);
        after(Duration.ofMillis(29_999));
        assertThat(stream.isOpen()).isTrue();

        after(Duration.ofMillis(1));

        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void an_app_that_gives_up_resets_the_stream() {
        app.answersAtOnce = false;
        head("GET", true);

        stream.close();

        assertThat(frames()).containsExactly("reset 2");
    }

    @Test
    void a_client_that_resets_its_stream_is_gone() {
        app.answersAtOnce = false;
        head("GET", true);

        stream.pipeline().fireUserEventTriggered(new DefaultHttp2ResetFrame(Http2Error.CANCEL));

        assertThat(stream.isOpen()).isFalse();
    }

    private void head(String method, boolean last) {
        var fields = new DefaultHttp2Headers()
                .method(method)
                .scheme("https")
                .authority("a.example")
                .path("/");
        stream.writeInbound(new DefaultHttp2HeadersFrame(fields, last));
    }

    private void data(String text, boolean last) {
        stream.writeInbound(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, US_ASCII), last));
    }

    private void after(Duration time) {
        ticker.advance(time);
        stream.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        stream.runPendingTasks();
    }

    /** What the client got since it last looked. */
    private List<String> frames() {
        var seen = new ArrayList<String>();
        for (var frame = stream.readOutbound(); frame != null; frame = stream.readOutbound()) {
            seen.add(
                    switch (frame) {
                        case Http2HeadersFrame head ->
                            String.valueOf(head.headers().status());
                        case Http2DataFrame data ->
                            data.content().toString(US_ASCII) + (data.isEndStream() ? " end" : "");
                        case Http2ResetFrame reset -> "reset " + reset.errorCode();
                        default -> frame.toString();
                    });
            ReferenceCountUtil.release(frame);
        }
        return seen;
    }
}
