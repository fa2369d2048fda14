package io.triport.identity.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.triport.domain.identity.Issuer;
import io.triport.domain.request.Bytes;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.KeySource;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableTicker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiscoveredKeysTest {
    private static final Issuer ISSUER = new Issuer("https://idp.example/tenant");
    private static final String DOCUMENT =
            "{\"issuer\":\"https://idp.example/tenant\",\"jwks_uri\":\"https://keys.example/set\",\"other\":[1]}";

    private final SettableTicker ticker = new SettableTicker();
    private final AtomicReference<Optional<Bytes>> document = new AtomicReference<>(Optional.of(Bytes.utf8(DOCUMENT)));
    private final List<URI> fetched = new CopyOnWriteArrayList<>();
    private final List<URI> places = new CopyOnWriteArrayList<>();

    @Test
    void the_keys_are_where_the_issuers_document_says() {
        var keys = keys();

        assertThat(keys.find(Optional.of("k"), JwsAlgorithm.RS256)).isEqualTo(new KeySource.Found.Unknown());
        assertThat(keys.ready()).isTrue();
        assertThat(fetched).containsExactly(URI.create("https://idp.example/tenant/.well-known/openid-configuration"));
        assertThat(places).containsExactly(URI.create("https://keys.example/set"));
    }

    @Test
    void of_many_at_once_one_fetches() {
        var keys = keys();

        AtOnce.run(16, caller -> () -> keys.find(Optional.of("k"), JwsAlgorithm.RS256));

        assertThat(fetched).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "x",
                "{\"issuer\":\"https://idp.example/tenant/\",\"jwks_uri\":\"https://keys.example/set\"}",
                "{\"issuer\":\"https://IDP.example/tenant\",\"jwks_uri\":\"https://keys.example/set\"}",
                "{\"issuer\":[\"https://idp.example/tenant\"],\"jwks_uri\":\"https://keys.example/set\"}",
                "{\"issuer\":\"https://idp.example/tenant\"}",
                "{\"issuer\":\"https://idp.example/tenant\",\"jwks_uri\":\"http://keys.example/set\"}",
                "{\"issuer\":\"https://idp.example/tenant\",\"jwks_uri\":\"http://127.0.0.1/set\"}",
                "{\"issuer\":\"https://idp.example/tenant\",\"jwks_uri\":\"file:///etc/keys\"}",
                "{\"issuer\":\"https://idp.example/tenant\",\"jwks_uri\":\"https://a@keys.example/set\"}",
                "{\"issuer\":\"https://a\",\"issuer\":\"https://idp.example/tenant\",\"jwks_uri\":\"https://keys.example/set\"}"
            })
    void a_document_that_is_not_exactly_the_issuers_is_none(String text) {
        document.set(Optional.of(Bytes.utf8(text)));

        assertThat(keys().find(Optional.of("k"), JwsAlgorithm.RS256)).isInstanceOf(KeySource.Found.Unavailable.class);
        assertThat(places).isEmpty();
    }

    @Test
    void after_a_failure_there_is_a_pause_and_then_another_attempt() {
        var keys = keys();
        document.set(Optional.empty());
        keys.find(Optional.of("k"), JwsAlgorithm.RS256);
        document.set(Optional.of(Bytes.utf8(DOCUMENT)));

        assertThat(keys.ready()).isFalse();
        assertThat(fetched).hasSize(1);
        ticker.advance(Duration.ofSeconds(10));

        assertThat(keys.ready()).isTrue();
        assertThat(fetched).hasSize(2);
    }

    @Test
    void nothing_is_held_before_it_was_found() {
        var keys = keys();

        assertThat(keys.holds(Optional.of("k"), JwsAlgorithm.RS256)).isFalse();
        keys.find(Optional.of("k"), JwsAlgorithm.RS256);
        assertThat(keys.holds(Optional.of("k"), JwsAlgorithm.RS256)).isTrue();
        assertThat(keys.generation()).isZero();
    }

    @Test
    void documents_are_fetched_within_bounds_and_without_redirects() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            var body = (path.equals("/long") ? " ".repeat(256 * 1024 + 1) : "{}").getBytes(StandardCharsets.UTF_8);
            if (path.equals("/moved")) {
                exchange.getResponseHeaders().set("Location", "/good");
            }
            exchange.sendResponseHeaders(path.equals("/moved") ? 302 : path.equals("/absent") ? 404 : 200, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            } catch (java.io.IOException e) {
                // The client left: it had seen enough.
            }
        });
        server.start();
        var place = "http://127.0.0.1:" + server.getAddress().getPort();
        var documents = new HttpDocuments();

        assertThat(documents.fetch(URI.create(place + "/good"))).contains(Bytes.utf8("{}"));
        assertThat(documents.fetch(URI.create(place + "/moved"))).isEmpty();
        assertThat(documents.fetch(URI.create(place + "/absent"))).isEmpty();
        assertThat(documents.fetch(URI.create(place + "/long"))).isEmpty();
        server.stop(0);
        assertThat(documents.fetch(URI.create(place + "/good"))).isEmpty();
    }

    private DiscoveredKeys keys() {
        return new DiscoveredKeys(
                ISSUER,
                url -> {
                    fetched.add(url);
                    return document.get();
                },
                place -> {
                    places.add(place);
                    return FixedKeys.of();
                },
                Runnable::run,
                ticker);
    }
}
