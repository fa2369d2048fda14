package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import io.triport.identity.launch.WholeApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the management port tells anybody, and what it does for whom. */
final class AdminTest {
    private static final String BEARER = "Authorization: Bearer ";

    @TempDir
    Path directory;

    private Path file;
    private Path secret;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("gateway.yaml");
        secret = Files.createFile(
                directory.resolve("secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, Tokens.SECRET);
    }

    private void configure(String admin, String more, String path) throws IOException {
        Files.writeString(file, """
            listen: [{port: 0}]
            admin: {port: 0, %s}
            timeouts: {drainDelay: 0s, drain: 1s}
            identity:
              anyone: {type: public}
              legacy: {type: jwt, issuer: none, secret: "${file:%s}", algorithms: [HS256], audience: none}
            upstreams:
              users:
                targets: [{url: "http://127.0.0.1:1"}]
            routes:
              - id: users
                match: {path: %s}
                identity: [legacy]
                upstream: users
            %s
            """.formatted(admin, secret, path, more));
    }

    private WholeApp start() {
        return WholeApp.start(new Gateway(), file, directory.resolve("data"), Map.of());
    }

    private static Client.Reply ask(WholeApp app, String line, String fields) {
        return send(app.management().getPort(), line, fields);
    }

    private static Client.Reply send(int port, String line, String fields) {
        try (var client = Client.to(port)) {
            return client.send(line + " HTTP/1.1\nHost: a\n" + fields + "\n").reply();
        }
    }

    private static String token() {
        return BEARER + Tokens.of("operator") + "\nContent-Length: 0\n";
    }

    @Test
    void nobody_changes_anything_where_no_administrators_are_named() throws IOException {
        configure("identity: []", "", "/users");
        try (var app = start()) {
            assertThat(ask(app, "POST /config/reload", token()).status()).isEqualTo(403);
            assertThat(ask(app, "POST /drain", token()).status()).isEqualTo(403);
            assertThat(ask(app, "GET /ready", "").status()).isEqualTo(200);
        }
    }

    @Test
    void administrators_are_known_by_the_same_gate_as_everybody() throws IOException {
        configure("identity: [legacy]", "", "/users");
        try (var app = start()) {
            var unknown = ask(app, "POST /config/reload", "Content-Length: 0\n");
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.body()).contains("no-credentials");
            assertThat(unknown.field("www-authenticate")).startsWith("Bearer");
            var forged = Tokens.signed("{\"sub\":\"a\",\"exp\":4102444800}", "another secret of thirty-two bytes!");
            assertThat(ask(app, "POST /drain", BEARER + forged + "\nContent-Length: 0\n")
                            .status())
                    .isEqualTo(401);
            assertThat(ask(app, "GET /config/reload", token()).field("allow")).isEqualTo("POST");
            assertThat(ask(app, "POST /config/reload", BEARER + Tokens.of("a") + "\nContent-Length: 2\n\n{}")
                            .status())
                    .isEqualTo(400);
            assertThat(ask(app, "GET /ready", "").status()).isEqualTo(200);

            assertThat(ask(app, "POST /config/reload", token()).status()).isEqualTo(200);
        }
    }

    @Test
    void a_reload_says_what_came_of_it_and_a_broken_file_changes_nothing() throws IOException {
        configure("identity: [legacy]", "", "/old");
        try (var app = start()) {
            var before = ask(app, "GET /config", "").body();
            configure("identity: [legacy]", "", "/new");
            assertThat(ask(app, "POST /config/reload", token()).body()).contains("\"status\":\"adopted\"");
            assertThat(send(app.address().getPort(), "GET /new", "").status()).isEqualTo(401);
            assertThat(send(app.address().getPort(), "GET /old", "").status()).isEqualTo(404);
            assertThat(hash(ask(app, "GET /config", "").body())).hasSize(16).isNotEqualTo(hash(before));

            configure("identity: [legacy]", "nonsense: 1", "/newest");
            var refused = ask(app, "POST /config/reload", token());
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).contains("nonsense: unknown setting");
            assertThat(send(app.address().getPort(), "GET /new", "").status()).isEqualTo(401);
            var config = ask(app, "GET /config", "").body();
            assertThat(config).contains("\"adopted\":false").contains("nonsense: unknown setting");
            assertThat(config).doesNotContain(Tokens.SECRET);
            assertThat(ask(app, "GET /metrics", "").body()).contains("gateway_config_last_reload_ok 0.0");
        }
    }

    private static String hash(String config) {
        return config.replaceFirst("(?s).*\"hash\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void a_secret_that_was_replaced_counts_from_the_reload_on_and_needs_no_other_change() throws IOException {
        configure("identity: [legacy]", "", "/users");
        try (var app = start()) {
            var fresh = "another secret of thirty-two bytes!";
            var signed = BEARER + Tokens.signed("{\"sub\":\"a\",\"exp\":4102444800}", fresh) + "\n";
            assertThat(send(app.address().getPort(), "GET /users", signed).status())
                    .isEqualTo(401);

            Files.writeString(secret, fresh);
            // Whether the watch was first or not: the one who asks is known by the old secret or by the new one.
            var old = ask(app, "POST /config/reload", token()).status();
            assertThat(old).isIn(200, 401);
            assertThat(ask(app, "POST /config/reload", signed + "Content-Length: 0\n")
                            .status())
                    .isEqualTo(200);
            assertThat(send(app.address().getPort(), "GET /users", signed).status())
                    .isEqualTo(502);
        }
    }

    @Test
    void a_change_that_needs_a_restart_is_said_to_need_one() throws IOException {
        configure("identity: [legacy]", "audit: {batch: 100}", "/users");
        try (var app = start()) {
            configure(
                    "identity: [legacy]",
                    "audit: {batch: 200}\nlimits: {headerCount: 50, http2: {streams: 10}}\ncompat: {plainJson: true}",
                    "/users");
            ask(app, "POST /config/reload", token());

            assertThat(ask(app, "GET /config", "").body()).contains("\"needRestart\":[\"audit.batch\"]");
            assertThat(send(app.address().getPort(), "GET /users", "").body())
                    .isEqualTo("{\"error\":\"Missing or invalid Authorization header\"}");
            assertThat(send(app.address().getPort(), "GET /users", "X: 1\n".repeat(50))
                            .body())
                    .isEqualTo("{\"error\":\"Header section too large\"}");
        }
    }

    @Test
    void after_a_drain_it_is_not_ready_and_every_reply_is_the_last_of_its_connection() throws IOException {
        configure("identity: [legacy]", "", "/users");
        try (var app = start()) {
            assertThat(ask(app, "POST /drain", token()).body()).isEqualTo("{\"status\":\"draining\"}");

            var readiness = ask(app, "GET /health/readiness", "");
            assertThat(readiness.status()).isEqualTo(503);
            assertThat(readiness.body()).contains("draining");
            assertThat(send(app.address().getPort(), "GET /users", "").field("connection"))
                    .isEqualToIgnoringCase("close");
        }
    }

    @Test
    void administrators_that_are_not_defined_or_need_no_credential_stop_the_start() throws IOException {
        for (var wrong : new String[] {"nobody", "anyone", "legacy, legacy"}) {
            configure("identity: [" + wrong + "]", "", "/users");
            assertThatThrownBy(this::start)
                    .as(wrong)
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("admin.identity");
        }
    }
}
