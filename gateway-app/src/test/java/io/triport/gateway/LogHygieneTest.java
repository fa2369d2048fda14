package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** At no level does a line of ours, or a record, say what somebody could be let in with. */
@ExtendWith(LeakWatch.class)
final class LogHygieneTest {
    private static final String PEPPER = "a pepper that nobody may ever read";
    private static final List<String> OURS = List.of("io.triport", "triport");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        lines.start();
        for (var name : OURS) {
            logger(name).setLevel(Level.TRACE);
            logger(name).addAppender(lines);
        }
    }

    @AfterEach
    void listenNoMore() {
        for (var name : OURS) {
            logger(name).detachAppender(lines);
            logger(name).setLevel(null);
        }
    }

    @Test
    void no_credential_is_in_a_line_or_a_record() throws IOException {
        var records = directory.resolve("audit.jsonl");
        var good = Tokens.of("ann");
        var expired = Tokens.signed("{\"sub\":\"a\",\"exp\":1000000000}", Tokens.SECRET);
        var key = "tp_live_0123456789abcdef_SecretOfAKeyThatNobodyMade0123456789abcdefg_abcdef";
        var secrets = List.of(
                good.substring(good.lastIndexOf('.') + 1),
                expired.substring(expired.lastIndexOf('.') + 1),
                "SecretOfAKey",
                "CookieOfASession",
                "SecretInAQuery",
                "PasswordOfSomebody",
                Tokens.SECRET,
                PEPPER);
        try (var upstream = Upstream.answering(Upstream.ok("hello"));
                var gateway = GatewayUnderTest.start(
                        file(upstream.url(), records), Map.of("JWT_SECRET", Tokens.SECRET, "PEPPER", PEPPER));
                var client = gateway.connect()) {
            for (var credential : List.of(
                    "Authorization: Bearer " + good,
                    "Authorization: Bearer " + expired,
                    "Authorization: Bearer " + good + "x",
                    "Authorization: Bearer " + key,
                    "Authorization: Basic PasswordOfSomebody",
                    "X-API-Key: " + key,
                    "Cookie: __Host-session=v1.CookieOfASession.a.b",
                    "Cookie: __Host-session=CookieOfASession; __Host-session=CookieOfASession",
                    "X-Request-ID: " + key,
                    "User-Agent: a")) {
                client.send("GET /users?token=SecretInAQuery HTTP/1.1\nHost: a\n" + credential + "\n\n")
                        .reply();
            }
            gateway.send("GET /users?token=SecretInAQuery HTTP/1.1\nHost: a\nAuthorization : Bearer " + good + "\n\n");
        }

        assertThat(lines.list).hasSizeGreaterThan(20);
        var said = lines.list.stream().map(LogHygieneTest::all).collect(Collectors.joining("\n"));
        for (var secret : secrets) {
            assertThat(said).doesNotContain(secret);
            assertThat(Files.readString(records)).doesNotContain(secret);
        }
        assertThat(Files.readString(records)).contains("token-expired", "/users");
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private static String all(ILoggingEvent event) {
        var failure = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + event.getMDCPropertyMap() + failure;
    }

    private static String file(String url, Path records) {
        return """
            identity:
              legacy: {type: jwt, issuer: none, audience: none, secret: "${env:JWT_SECRET}", algorithms: [HS256]}
              keys: {type: api-key, pepper: ["${env:PEPPER}"]}
              browser: {type: session, keys: ["${env:PEPPER}"]}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /users}, identity: [legacy, keys, browser], upstream: users}
            audit: {sink: file, file: "%s"}
            """.formatted(url, records);
    }
}
