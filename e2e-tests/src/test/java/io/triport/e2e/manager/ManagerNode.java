package io.triport.e2e.manager;

import io.triport.e2e.AppProcess;
import io.triport.e2e.OwnHost;
import io.triport.e2e.SmallDisk;
import io.triport.manager.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The manager as a process, and a client that has its token. */
final class ManagerNode implements AutoCloseable {
    static final String TOKEN = "a-token-of-thirty-two-characters-at-least";
    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);

    private final AppProcess process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ManagerNode(AppProcess process) {
        this.process = process;
    }

    /** Returns when it is ready. @param directory of its data and output */
    static ManagerNode start(Path directory, String name, Map<String, String> more) {
        return start(AppProcess.Run.in(directory, "manager", Application.class, name + ".out"), more);
    }

    /** Returns when it is ready, with a clock that is ahead. @param directory of its data and output */
    static ManagerNode startAhead(Duration by, Path directory, String name, Map<String, String> more) {
        return start(
                AppProcess.Run.in(directory, "manager", Application.class, name + ".out")
                        .ahead(by),
                more);
    }

    /** Returns when it is ready. @param directory of its output; its data is on the disk */
    static ManagerNode startOn(SmallDisk disk, Path directory, String name) {
        return start(
                AppProcess.Run.in(directory, "manager", Application.class, name + ".out")
                        .on(disk),
                Map.of());
    }

    /** Returns when it is ready, on a host of its own. @param directory of its data and output */
    static ManagerNode startOn(OwnHost host, Path directory, String name, Map<String, String> more) {
        var run = AppProcess.Run.in(directory, "manager", Application.class, name + ".out");
        return new ManagerNode(host.launch(run, withToken(more), List.of()).awaited());
    }

    private static ManagerNode start(AppProcess.Run run, Map<String, String> more) {
        return new ManagerNode(
                AppProcess.launch(run, withToken(more), List.of()).awaited());
    }

    private static Map<String, String> withToken(Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("TRIPORT_API_TOKEN", TOKEN);
        return environment;
    }

    AppProcess process() {
        return process;
    }

    /** A namespace that is made. @return where its keys are */
    String keysOf(String title) {
        var made =
                send("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}").body();
        var id = made.indexOf("\"id\":\"") + 6;
        return "/api/keys/" + made.substring(id, made.indexOf('"', id));
    }

    HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, Map.of());
    }

    /** With fields beside that of the token. */
    HttpResponse<String> send(String method, String path, String body, Map<String, String> fields) {
        return send(TOKEN, method, path, body, fields);
    }

    /** As another than the one with the token. */
    HttpResponse<String> sendAs(String key, String method, String path, String body) {
        return send(key, method, path, body, Map.of());
    }

    private HttpResponse<String> send(
            String token, String method, String path, String body, Map<String, String> fields) {
        var request = HttpRequest.newBuilder(URI.create(process.address() + path))
                .timeout(HANGS_AFTER)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        fields.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The same as bytes, for who has a connection of his own. */
    static byte[] wire(String method, String path, String body) {
        return (method + " " + path + " HTTP/1.1\r\nHost: manager\r\nAuthorization: Bearer " + TOKEN
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        client.shutdownNow();
        process.close();
    }
}
