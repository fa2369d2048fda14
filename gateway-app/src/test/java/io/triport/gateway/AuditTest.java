package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakWatch.class)
final class AuditTest {
    @TempDir
    private Path directory;

    @Test
    void an_answer_that_has_ended_is_on_record_whatever_it_was() throws IOException {
        var log = directory.resolve("audit.jsonl");
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), log))) {
            assertThat(gateway.send("GET /api?secret=1 HTTP/1.1\nHost: a\n\n").body())
                    .isEqualTo("hello");
            assertThat(gateway.send("GET /elsewhere HTTP/1.1\nHost: a\n\n").status())
                    .isEqualTo(404);
            assertThat(gateway.send("GET /api//x?secret=2 HTTP/1.1\nHost: a\n\n")
                            .body())
                    .contains("\"instance\":\"/api//x\"");
            assertThat(gateway.send("GET /health HTTP/1.1\nHost: a\n\n").status())
                    .isEqualTo(200);
        }

        assertThat(Files.readString(log).lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("bad-path", "\"/api//x\"", "400"),
                        line -> assertThat(line).contains("\"allowed\"", "\"/health\"", "200"),
                        line -> assertThat(line).contains("\"allowed\"", "/api").doesNotContain("secret"),
                        line -> assertThat(line).contains("no-route", "404"));
    }

    @Test
    void what_never_was_a_request_is_on_record_without_a_word_of_its_sender() throws IOException {
        String told;
        var log = directory.resolve("audit.jsonl");
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), log))) {
            var refused = gateway.send("GET /api/written HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 1\n\n");
            assertThat(refused.status()).isEqualTo(400);
            told = refused.field("x-request-id");
        }

        assertThat(Files.readString(log).lines())
                .singleElement()
                .asString()
                .contains("\"id\":\"" + told + "\"", "\"bad-framing\"", "\"broken\"", "\"ip\":\"127.0.0.1\"")
                .doesNotContain("written");
    }

    @Test
    void a_request_whose_body_breaks_its_framing_is_on_record_once_with_what_was_said() throws IOException {
        var log = directory.resolve("audit.jsonl");
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(file(upstream.url(), log));
                var client = gateway.connect()) {
            client.send("POST /api HTTP/1.1\nHost: a\nExpect: 100-continue\nTransfer-Encoding: chunked\n\n");
            assertThat(client.reply().status()).isEqualTo(100);
            client.send("3\nabc\nnot a size\n");

            assertThat(client.reply().status()).isEqualTo(400);
        }

        assertThat(Files.readString(log).lines())
                .singleElement()
                .asString()
                .contains("\"bad-framing\"", "\"/api\"", "\"route_id\":\"users\"");
    }

    private String file(String url, Path log) {
        return """
            identity:
              anyone: {type: public}
            upstreams:
              users:
                targets: [{url: "%s"}]
            routes:
              - id: users
                match: {path: /api}
                identity: [anyone]
                upstream: users
            audit: {sink: file, file: "%s", spillDir: "%s", durable: true}
            """.formatted(url, log, directory.resolve("spill"));
    }
}
