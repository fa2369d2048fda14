package io.triport.kv;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The KV proxy in this process, on a free port, with its whole way of requests; only the stores are fakes. */
final class ProxyUnderTest implements AutoCloseable {
    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ApplicationContext context;
    private final URI address;

    private ProxyUnderTest(ApplicationContext context, URI address) {
        this.context = context;
        this.address = address;
    }

    /** @param more parts that the app would make of settings of its own */
    static ProxyUnderTest start(KvWorld world, String yaml, Map<String, String> environment, Object... more) {
        var sources = new Sources(ConfigFile.parse("test.yml", yaml), environment, Map.of());
        var triport = sources.root().section("triport");
        var config = KvProxyConfig.read(
                triport,
                sources,
                new StartMode(StartMode.Credentials.CONFIGURED, Path.of("unused")),
                Randomness.system());
        return start(
                world,
                config,
                EdgeSettings.read("kv-proxy", 0, 0, triport, config.maxBody(), config.usualLimits()),
                more);
    }

    static ProxyUnderTest start(KvWorld world, AppConfig config, EdgeSettings edge, Object... more) {
        var context = ApplicationContext.builder()
                .banner(false)
                .environmentPropertySource(false)
                .deduceEnvironment(false)
                .properties(Map.of(
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.max-request-size",
                        config.maxBody().bytes(),
                        "micronaut.server.max-request-buffer-size",
                        config.maxBody().bytes(),
                        "micronaut.server.cors.localhost-pass-through",
                        true,
                        "micronaut.security.enabled",
                        false,
                        "endpoints.all.enabled",
                        false,
                        "triport.base-path",
                        edge.basePath()))
                .singletons(world, world.clock(), Ticker.system(), Randomness.system(), config, edge)
                .singletons(config.beans().toArray())
                .singletons(more)
                .start();
        var server = context.getBean(EmbeddedServer.class).start();
        return new ProxyUnderTest(context, server.getURI());
    }

    /** An answer as it came over the wire. */
    record Answer(int status, Map<String, String> headers, Bytes body) {
        Json json() {
            return JsonReader.read(body);
        }

        /** The error code, empty when it is no error. */
        String code() {
            return ((Json.Members) json()).text("code").orElse("");
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** @param target path with query. @param headers each once */
    Answer send(String method, String target, Map<String, String> headers, Bytes body) {
        var request = HttpRequest.newBuilder(URI.create(address + target))
                .timeout(HANGS_AFTER)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        headers.forEach(request::header);
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var fields = response.headers().map().entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(
                            Map.Entry::getKey, field -> String.join(", ", field.getValue())));
            return new Answer(response.statusCode(), fields, Bytes.copyOf(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A signed request of the protocol. */
    Answer post(Signer signer, String operation, String json) {
        var path = "/zin/kv/" + operation;
        var body = Bytes.utf8(json);
        return send("POST", path, signer.sign("POST", path, "", body), body);
    }

    /** A signed request for any path. @param headers that the signature does not cover */
    Answer signed(Signer signer, String method, String target, Map<String, String> headers, Bytes body) {
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var all = new HashMap<>(headers);
        all.putAll(signer.sign(method, path, target.substring(path.length()), body));
        return send(method, target, all, body);
    }

    URI address() {
        return address;
    }

    /** A part of the running proxy. */
    <T> T part(Class<T> kind) {
        return context.getBean(kind);
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
