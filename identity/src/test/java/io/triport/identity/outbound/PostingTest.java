package io.triport.identity.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PostingTest {
    private static final Destinations HERE = new Destinations(List.of(Cidr.parse("127.0.0.0/8")));
    private static final Map<String, String> NONE = Map.of();

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final ServerSocket server = listening();
    private volatile String answer = "HTTP/1.1 204 No Content\r\n\r\n";

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void a_body_is_posted_with_its_fields_and_the_status_is_told() throws InterruptedException {
        serve();

        assertThat(post(HERE, address("/hook?a=b"), Map.of("X-Event", "made")))
                .isEqualTo(new Posting.Outcome.Answered(204));
        assertThat(asked.take())
                .startsWith("POST /hook?a=b HTTP/1.1\r\n")
                .contains("\r\nHost: 127.0.0.1:" + server.getLocalPort() + "\r\n")
                .contains("\r\nX-Event: made\r\n")
                .contains("\r\nContent-Length: 5\r\n")
                .endsWith("\r\n\r\nhello");
    }

    @Test
    void a_redirect_is_an_answer_like_others_and_is_not_followed() throws InterruptedException {
        answer = "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
        serve();

        assertThat(post(HERE, address("/hook"), NONE)).isEqualTo(new Posting.Outcome.Answered(307));
        assertThat(asked.take()).startsWith("POST /hook ");
        assertThat(asked).isEmpty();
    }

    @Test
    void what_is_no_answer_of_http_is_told_without_its_words() throws InterruptedException {
        answer = "220 mail.example.org secret\r\n";
        serve();

        assertThat(post(HERE, address("/"), NONE)).isEqualTo(new Posting.Outcome.Failed("the answer is not HTTP"));
        asked.take();
    }

    @Test
    void an_address_that_is_not_public_is_not_even_connected_to() {
        serve();

        assertThat(post(new Destinations(List.of()), address("/"), NONE))
                .isEqualTo(new Posting.Outcome.Failed("the name leads to an address that is not public"));
        assertThat(post(new Destinations(List.of()), URI.create("http://localhost:" + server.getLocalPort()), NONE))
                .isEqualTo(new Posting.Outcome.Failed("the name leads to an address that is not public"));
        assertThat(asked).isEmpty();
    }

    @Test
    void a_server_that_does_not_answer_is_not_waited_for() {
        try (var posting = new Posting(HERE, tls(), Duration.ofSeconds(1))) {
            assertThat(posting.post(address("/"), NONE, Bytes.EMPTY))
                    .isEqualTo(new Posting.Outcome.Failed("no answer within 1 s"));
        }
    }

    @Test
    void a_server_that_speaks_no_tls_is_told_nothing() {
        answer = "HTTP/1.1 200 OK\r\n\r\n";
        serve();

        assertThat(post(HERE, URI.create("https://127.0.0.1:" + server.getLocalPort() + "/"), NONE))
                .isEqualTo(new Posting.Outcome.Failed("TLS failed"));
        assertThat(asked).allSatisfy(text -> assertThat(text).doesNotContain("hello"));
    }

    @Test
    void a_field_that_would_be_two_is_a_bug() {
        assertThatThrownBy(() -> post(HERE, address("/"), Map.of("X-Event", "a\r\nX-Other: b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Posting.Outcome post(Destinations to, URI url, Map<String, String> fields) {
        try (var posting = new Posting(to, tls(), Duration.ofSeconds(30))) {
            return posting.post(url, fields, Bytes.utf8("hello"));
        }
    }

    private static SSLSocketFactory tls() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private URI address(String rest) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + rest);
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Answers each connection when its request is there, until the test ends. */
    private void serve() {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    var text = new StringBuilder();
                    var in = socket.getInputStream();
                    while (!text.toString().endsWith("hello")) {
                        var next = in.read();
                        if (next < 0) {
                            break;
                        }
                        text.append((char) next);
                        // A client that speaks TLS waits for an answer to its first words.
                        if (text.charAt(0) == 0x16) {
                            break;
                        }
                    }
                    asked.add(text.toString());
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                } catch (IOException e) {
                    // The test is over, or the client has gone.
                }
            }
        });
    }
}
