package io.triport.gateway;

import io.triport.identity.launch.StartedApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The gateway in this process, with its whole way of requests. */
final class GatewayUnderTest implements AutoCloseable {
    private static final Map<String, String> MEMORY =
            Map.of("TRIPORT_STORAGE", "memory", "TRIPORT_ALLOW_VOLATILE", "true");

    private final Path file;
    private final Map<String, String> environment;
    private final StartedApp app;

    private GatewayUnderTest(Path file, Map<String, String> environment, StartedApp app) {
        this.file = file;
        this.environment = environment;
        this.app = app;
    }

    static GatewayUnderTest start(String yaml) {
        return start(yaml, Map.of());
    }

    static GatewayUnderTest start(String yaml, Map<String, String> environment) {
        try {
            var file = Files.createTempFile("gateway", ".yaml");
            Files.writeString(file, yaml);
            var whole = new HashMap<>(MEMORY);
            whole.putAll(environment);
            return new GatewayUnderTest(file, whole, StartedApp.start(new Gateway(), file, whole));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reload(String yaml) {
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        app.reload(file, environment);
    }

    int port() {
        return app.address().getPort();
    }

    Client connect() {
        return Client.to(port());
    }

    /** One request on a connection of its own. */
    Client.Reply send(String head) {
        try (var client = connect()) {
            return client.send(head).reply();
        }
    }

    <T> T bean(Class<T> type) {
        return app.bean(type);
    }

    @Override
    public void close() {
        app.close();
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
