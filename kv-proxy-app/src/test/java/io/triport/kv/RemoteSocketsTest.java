package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.Drain;
import io.triport.storage.durable.Turns;
import io.triport.storage.memory.Memory;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets of clients that are joined to durable objects, over real connections. */
@Timeout(180)
final class RemoteSocketsTest {
    private static final String YAML = """
        identity:
          idp: {type: jwt, issuer: https://idp.example, audience: [zin], keys: %s, query: token, onlyUpgrade: true}
        triport:
          kv:
            ports: [do]
            classes: {tallies: {code: io.triport.kv.TalliedObject}}
            callers:
              people: {by: idp, subjects: [ada], scopes: [do.read, do.turn], classes: [tallies], prefixes: [""]}
            keys:
              all: {secrets: ["${env:ALL}"], scopes: [do.read, do.turn], classes: ["*"], prefixes: [""]}
              app: {secrets: ["${env:APP}"], scopes: [do.turn], classes: [tallies], prefixes: ["app:"]}
              reader: {secrets: ["${env:READER}"], scopes: [do.read], classes: [tallies], prefixes: [""]}
        """;
    private static final Map<String, String> SECRETS = Map.of(
            "ALL", "ALL-secret-0123456789abcdef-0123456789",
            "APP", "APP-secret-0123456789abcdef-0123456789",
            "READER", "READER-secret-0123456789abcdef-0123456");

    private final KvWorld empty = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final Turns turns = new Turns(
            Memory.states(),
            DurableCode.of(new ObjectClass("tallies"), TalliedObject::new),
            name -> Optional.empty(),
            new Turns.Means(empty.clock(), Ticker.system(), Randomness.system()));
    private final KvWorld world = empty.with(Storage.Beside.NOTHING.withDurable(turns));
    private final TokenIssuer issuer = TokenIssuer.at(world.clock());
    private final ProxyUnderTest proxy;
    private final HttpClient client = HttpClient.newHttpClient();

    RemoteSocketsTest(@TempDir Path directory) {
        proxy = ProxyUnderTest.start(world, YAML.formatted(issuer.published(directory)), SECRETS);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        proxy.close();
        turns.close();
    }

    @Test
    void what_a_client_says_is_a_turn_and_all_who_are_connected_hear_of_it() throws InterruptedException {
        var ada = new Heard();
        var bob = new Heard();
        var of = connect("all", "tallies/app:a/in?as=ada", ada);
        connect("app", "tallies/app:a/in", bob);

        of.sendText("one", true).join();
        assertThat(ada.next()).isEqualTo("GET /in?as=ada SOCKET  1");
        assertThat(bob.next()).isEqualTo("GET /in?as=ada SOCKET  1");
        of.sendText("two", true).join();
        assertThat(bob.next()).isEqualTo("GET /in?as=ada SOCKET  2");

        var read = proxy.signed(signer("all"), "GET", "/zin/do/tallies/app:a/", Map.of(), Bytes.EMPTY);
        assertThat(read.body().toUtf8()).isEqualTo("GET /  2");
    }

    @Test
    void who_can_set_no_header_sends_a_token_in_the_query_which_the_object_never_sees() throws InterruptedException {
        var heard = new Heard();
        var target = "/zin/do/tallies/a/in?as=ada&token=" + issuer.token("ada") + "&to=all";

        open(target, Map.of(), heard).sendText("one", true).join();

        assertThat(heard.next()).isEqualTo("GET /in?as=ada&to=all SOCKET  1");
    }

    @Test
    void a_token_in_the_query_of_any_other_request_is_refused() {
        var answer = proxy.send("GET", "/zin/do/tallies/a/in?token=" + issuer.token("ada"), Map.of(), Bytes.EMPTY);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void a_token_of_somebody_whom_no_caller_means_opens_no_connection() {
        assertThat(raw(Map.of(), "tallies/a/in?token=" + issuer.token("eve")))
                .startsWith("HTTP/1.1 403")
                .contains("SCOPE_DENIED");
        assertThat(raw(Map.of(), "tallies/a/in?token=" + issuer.token("ada") + "x"))
                .startsWith("HTTP/1.1 401")
                .contains("INVALID_TOKEN");
    }

    @Test
    void an_object_ends_a_connection_with_its_own_words() throws InterruptedException {
        var heard = new Heard();

        connect("all", "tallies/a/in", heard).sendText("end", true).join();

        assertThat(heard.next()).isEqualTo("closed 4000 enough");
    }

    @Test
    void a_proxy_that_stops_says_so() throws InterruptedException {
        var heard = new Heard();
        connect("all", "tallies/a/in", heard);

        proxy.part(Drain.class).begin();

        assertThat(heard.next()).isEqualTo("closed 1001 the server stops");
    }

    @ParameterizedTest
    @CsvSource({
        "all,    tallies/a/out,    403, DENIED",
        "app,    tallies/other/in, 403, DENIED",
        "app,    unknown/app:a/in, 403, DENIED",
        "all,    unknown/a/in,     404, NOT_FOUND",
        "reader, tallies/a/in,     403, SCOPE_DENIED"
    })
    void who_may_not_or_is_not_wanted_hears_so_before_the_protocol_changes(
            String key, String path, int status, String code) {
        assertThatThrownBy(() -> connect(key, path, new Heard()))
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, e -> {
                    assertThat(e.getResponse().statusCode()).isEqualTo(status);
                    assertThat(e.getResponse().headers().firstValue("x-request-id"))
                            .isPresent();
                });
        assertThat(raw(signed(key, "/zin/do/" + path), path))
                .startsWith("HTTP/1.1 " + status)
                .contains("\"code\":\"" + code + "\"");
    }

    @Test
    void nobody_connects_without_a_signature_or_with_one_that_was_used() {
        var path = "tallies/a/in";
        var fields = signed("all", "/zin/do/" + path);

        assertThat(raw(Map.of(), path)).startsWith("HTTP/1.1 401").contains("MISSING_HEADER");
        assertThat(raw(fields, path)).startsWith("HTTP/1.1 101").contains("Sec-WebSocket-Accept");
        assertThat(raw(fields, path)).startsWith("HTTP/1.1 409").contains("REPLAYED");
        assertThat(raw(signed("all", "/zin/do/tallies/b/in"), path))
                .startsWith("HTTP/1.1 403")
                .contains("INVALID_SIGNATURE");
    }

    @Test
    void another_version_of_the_protocol_hears_which_one_there_is() {
        var fields = new HashMap<>(signed("all", "/zin/do/tallies/a/in"));
        fields.put("Sec-WebSocket-Version", "8");

        assertThat(raw(fields, "tallies/a/in"))
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("Sec-WebSocket-Version: 13");
    }

    private WebSocket connect(String key, String path, Heard heard) {
        var target = "/zin/do/" + path;
        return open(target, signed(key, target), heard);
    }

    private WebSocket open(String target, Map<String, String> headers, Heard heard) {
        var builder = client.newWebSocketBuilder();
        headers.forEach(builder::header);
        return builder.buildAsync(URI.create("ws://" + proxy.address().getAuthority() + target), heard)
                .join();
    }

    private Map<String, String> signed(String key, String target) {
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        return signer(key).sign("GET", path, target.substring(path.length()), Bytes.EMPTY);
    }

    /** The wish for a WebSocket, with these fields, and what is answered to it. */
    private String raw(Map<String, String> fields, String path) {
        var all = new HashMap<>(Map.of(
                "Host", proxy.address().getAuthority(),
                "Upgrade", "websocket",
                "Connection", "Upgrade",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        all.putAll(fields);
        var head = new StringBuilder("GET /zin/do/" + path + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try (var socket = new Socket(proxy.address().getHost(), proxy.address().getPort())) {
            socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return answer(socket);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String answer(Socket socket) throws IOException {
        var said = new StringBuilder();
        while (said.indexOf("\r\n\r\n") < 0) {
            said.append((char) socket.getInputStream().read());
        }
        var at = said.toString().toLowerCase(Locale.ROOT).indexOf("content-length: ");
        if (at >= 0) {
            var from = at + "content-length: ".length();
            var length = Integer.parseInt(said.substring(from, said.indexOf("\r", from)));
            said.append(new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8));
        }
        return said.toString();
    }

    private Signer signer(String key) {
        return new Signer(key, Objects.requireNonNull(SECRETS.get(key.toUpperCase(Locale.ROOT))), world.clock());
    }

    /** Keeps what comes. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        private String next() throws InterruptedException {
            return all.take();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            all.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add("closed " + code + " " + reason);
            return null;
        }
    }
}
