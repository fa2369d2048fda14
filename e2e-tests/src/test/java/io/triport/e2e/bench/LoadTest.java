package io.triport.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoadTest {
    private static final byte[] REQUEST = "ask".getBytes(StandardCharsets.US_ASCII);

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void every_answer_is_timed() {
        answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");

        assertThat(load(20, new Pace.WhenAnswered()).latencies()).hasSize(20).doesNotContain(0);
    }

    @Test
    void at_a_fixed_pace_every_request_is_sent_too() {
        answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");

        assertThat(load(20, new Pace.PerSecond(10_000)).latencies()).hasSize(20);
    }

    @Test
    void a_connection_that_the_server_ends_after_an_answer_is_opened_anew() {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(load(20, new Pace.WhenAnswered()).latencies()).hasSize(20);
    }

    @Test
    void an_answer_in_chunks_is_read_to_its_end() {
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1a\r\n" + "x".repeat(26)
                + "\r\n0\r\n\r\n");

        assertThat(load(20, new Pace.WhenAnswered()).latencies()).hasSize(20);
    }

    @Test
    void a_long_body_is_its_piece_sent_over_and_over() {
        answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        var one = new int[] {1};
        var body = ByteBuffer.wrap("2".getBytes(StandardCharsets.US_ASCII));

        var requests = SignedRequests.inTurn("1".getBytes(StandardCharsets.US_ASCII), one, body, 2, 20);

        assertThat(load(requests, new Pace.WhenAnswered()).latencies()).hasSize(20);
    }

    @Test
    void an_answer_that_is_not_200_is_an_error() {
        answering("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbusy");

        var timed = load(20, new Pace.WhenAnswered());

        assertThat(timed.latencies()).isEmpty();
        assertThat(timed.errors()).hasSize(20).allMatch(answer -> answer.contains("503") && answer.endsWith("busy"));
    }

    @Test
    void a_connection_that_ends_without_an_answer_ends_the_run() {
        answering("");

        assertThatThrownBy(() -> load(20, new Pace.WhenAnswered())).isInstanceOf(LoadFailed.class);
    }

    private Load.Timed load(int count, Pace pace) {
        var ends = IntStream.rangeClosed(1, count).map(i -> i * REQUEST.length).toArray();
        var heads = "ask".repeat(count).getBytes(StandardCharsets.US_ASCII);
        return load(new SignedRequests(heads, ends, new byte[][] {{}}), pace);
    }

    private Load.Timed load(SignedRequests requests, Pace pace) {
        var address = (InetSocketAddress) server.getLocalSocketAddress();
        return Load.run(address, 4, requests, pace, Duration.ofSeconds(60), Ticker.system());
    }

    /** The same for each request, on as many connections as come; an answer that closes is followed by the end. */
    private void answering(String answer) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var socket = server.accept();
                    Thread.ofVirtual().start(() -> answer(socket, answer));
                }
            } catch (IOException e) {
                // The test is over.
                assertThat(server.isClosed()).isTrue();
            }
        });
    }

    private static void answer(Socket socket, String answer) {
        try (socket) {
            do {
                if (socket.getInputStream().readNBytes(REQUEST.length).length < REQUEST.length) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } while (answer.startsWith("HTTP/1.1 200") && !answer.contains("close"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
