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
        }

        assertThat(Files.readString(log).lines())
                .hasSize(2)
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("\"allowed\"", "/api").doesNotContain("secret"),
                        line -> assertThat(line).contains("no-route", "404"));
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
