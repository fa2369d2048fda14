package io.triport.identity.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.triport.domain.request.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SocketHandlerTest {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;

    private final SocketHandler socket = new SocketHandler(SocketHandler.MOST_BYTES);
    private final EmbeddedChannel channel = channel(socket);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void texts_come_whole_and_in_order() throws InterruptedException {
        fromClient(TEXT, "one");
        fromClient(0x01, "tw");
        fromClient(0x80, "o");
        fromClient(BINARY, "three");

        assertThat(next()).isEqualTo(new Socket.Text("one"));
        assertThat(next()).isEqualTo(new Socket.Text("two"));
        assertThat(next()).isEqualTo(new Socket.Binary(Bytes.utf8("three")));
        assertThat(next()).isEqualTo(new Socket.Nothing());
    }

    @Test
    void a_ping_is_answered_with_its_own_bytes() throws InterruptedException {
        fromClient(PING, "abc");

        assertThat(sent()).isEqualTo("8a03616263");
        assertThat(next()).isEqualTo(new Socket.Ping());
    }

    @Test
    void a_close_frame_is_answered_and_ends_the_connection() throws InterruptedException {
        fromClient(CLOSE, "");

        assertThat(sent()).isEqualTo("880203e8");
        assertThat(channel.isOpen()).isFalse();
        assertThat(next()).isEqualTo(new Socket.Gone(1005, ""));
        assertThat(next()).isInstanceOf(Socket.Gone.class);
    }

    @Test
    void a_text_of_four_kibibytes_is_taken_and_a_longer_one_closes_with_1009() throws InterruptedException {
        fromClient(TEXT, "x".repeat(SocketHandler.MOST_BYTES));
        assertThat(next()).isInstanceOf(Socket.Text.class);

        fromClient(TEXT, "x".repeat(SocketHandler.MOST_BYTES + 1));

        assertThat(sent()).startsWith("88").contains("03f1");
        assertThat(next()).isInstanceOf(Socket.Gone.class);
    }

    @Test
    void pieces_that_are_too_long_together_close_with_1009() {
        fromClient(0x01, "x".repeat(SocketHandler.MOST_BYTES));
        fromClient(0x80, "x");

        assertThat(sent()).startsWith("88").contains("03f1");
    }

    @Test
    void what_is_no_utf8_closes_with_1007_and_an_unmasked_frame_with_1002() {
        fromClient(TEXT, new byte[] {(byte) 0xFF});
        assertThat(sent()).startsWith("88").contains("03ef");

        var other = channel(new SocketHandler(SocketHandler.MOST_BYTES));
        other.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) TEXT, 1, 'a'}));
        ByteBuf answer = other.readOutbound();
        assertThat(Bytes.from(answer.nioBuffer()).toHex()).startsWith("88").contains("03ea");
        answer.release();
        other.finishAndReleaseAll();
    }

    @Test
    void our_own_close_waits_for_that_of_the_client() {
        socket.close(Socket.TRY_LATER, "full");
        channel.runPendingTasks();

        assertThat(sent()).isEqualTo("880603f566756c6c");
        assertThat(channel.isOpen()).isTrue();

        fromClient(TEXT, "late");
        fromClient(CLOSE, "");

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void our_own_close_ends_the_connection_a_second_after_it_was_taken_without_an_answer() {
        socket.close(Socket.DONE, "");
        channel.runPendingTasks();

        later(Duration.ofMillis(999));
        assertThat(channel.isOpen()).isTrue();
        later(Duration.ofMillis(1));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void one_who_is_slow_to_read_is_not_cut_off_before_our_close() {
        var untaken = new Untaken();
        channel.pipeline().addFirst(untaken);
        socket.close(Socket.DONE, "");
        channel.runPendingTasks();

        later(Duration.ofSeconds(20));
        assertThat(channel.isOpen()).isTrue();
        assertThat(sent()).isEmpty();

        untaken.take();
        assertThat(sent()).isEqualTo("880203e8");
        later(Duration.ofSeconds(1));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void bytes_go_both_ways_as_they_are() throws InterruptedException {
        fromClient(BINARY, new byte[] {0, (byte) 0xFF});
        assertThat(next()).isEqualTo(new Socket.Binary(Bytes.parseHex("00ff")));

        var sending = Thread.ofVirtual().start(() -> {
            try {
                socket.send(Bytes.parseHex("00ff"));
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        });
        while (sending.isAlive()) {
            channel.runPendingTasks();
        }

        assertThat(sent()).isEqualTo("820200ff");
    }

    @Test
    void what_the_client_says_when_it_goes_is_told() throws InterruptedException {
        fromClient(CLOSE, new byte[] {0x0F, (byte) 0xA1, 'a'});

        assertThat(next()).isEqualTo(new Socket.Gone(4001, "a"));
    }

    @Test
    void a_connection_that_ends_without_a_word_was_cut() throws InterruptedException {
        channel.close();

        assertThat(next()).isEqualTo(new Socket.Gone(1006, ""));
    }

    private void later(Duration passed) {
        channel.advanceTimeBy(passed.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    /** A client that takes nothing for the time being. */
    private static final class Untaken extends ChannelOutboundHandlerAdapter {
        private final List<Runnable> held = new ArrayList<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            held.add(() -> context.writeAndFlush(message, promise));
        }

        private void take() {
            held.forEach(Runnable::run);
        }
    }

    private static EmbeddedChannel channel(SocketHandler socket) {
        var channel = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
        socket.decoders().forEach(channel.pipeline()::addLast);
        channel.pipeline().addLast(socket);
        return channel;
    }

    private Socket.Received next() throws InterruptedException {
        return socket.next(Duration.ZERO);
    }

    private void fromClient(int head, String payload) {
        fromClient(head, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** With a mask of zeros, which leaves the bytes as they are. */
    private void fromClient(int head, byte[] payload) {
        var frame = Unpooled.buffer().writeByte(head);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        }
        channel.writeInbound(frame.writeInt(0).writeBytes(payload));
    }

    private String sent() {
        var all = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.append(Bytes.from(bytes.nioBuffer()).toHex());
            bytes.release();
        }
        return all.toString();
    }
}
