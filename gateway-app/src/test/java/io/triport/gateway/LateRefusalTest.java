package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Refusals that come later than the read that brought their request. */
@ExtendWith(LeakWatch.class)
final class LateRefusalTest {
    private static final String TOKEN =
            "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2lkcC5leGFtcGxlIn0." + "A".repeat(86);

    @Test
    void the_next_request_of_the_connection_is_answered_too() {
        try (var upstream = Upstream.answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
                var gateway = GatewayUnderTest.start(file(upstream.url()));
                var client = gateway.connect()) {
            for (var i = 0; i < 3; i++) {
                client.send("GET / HTTP/1.1\nHost: a\nAuthorization: Bearer " + TOKEN + "\n\n");

                assertThat(client.reply().status()).isEqualTo(503);
            }
        }
    }

    private static String file(String url) {
        return """
            identity:
              idp: {type: jwt, issuer: "https://idp.example", jwks: "%s/keys", insecure: true, audience: none, algorithms: [ES256]}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [idp], upstream: users}
            """.formatted(url, url);
    }
}
