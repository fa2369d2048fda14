package io.triport.gateway;

import io.triport.identity.launch.StartedApp;
import io.triport.identity.launch.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;

/** The gateway in this process, with its whole way of requests. */
final class GatewayUnderTest implements AutoCloseable {
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
        return start(yaml, environment, Surroundings.real());
    }

    static GatewayUnderTest start(String yaml, Map<String, String> environment, Surroundings around) {
        try {
            var data = Files.createTempDirectory("gateway");
            var file = data.resolve("gateway.yaml");
            Files.writeString(file, yaml);
            return new GatewayUnderTest(
                    file, environment, StartedApp.start(new Gateway(), file, data, environment, around));
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
        app.reload(file, data(), environment);
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

    /** Its files stay. */
    void stop() {
        app.close();
    }

    @Override
    public void close() {
        app.close();
        try (var files = Files.walk(data())) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its stores lie, and its file. */
    Path data() {
        return Objects.requireNonNull(file.getParent());
    }
}
