package io.triport.e2e.managerbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.triport.e2e.bench.LoadFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Calls the manager as an admin. An answer that is not 200 ends the run. */
final class ManagerClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long GLANCE_NANOS = 20_000_000;

    private final URI address;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    ManagerClient(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** An answer, with how many rows there are in all where it tells. */
    record Answer(JsonNode result, long total) {}

    Answer call(String method, String path, String body) {
        return call(method, path, BodyPublishers.ofString(body));
    }

    Answer call(String method, String path, BodyPublisher body) {
        var response = send(request(method, path, body), BodyHandlers.ofString());
        try {
            return new Answer(
                    JSON.readTree(response.body()).path("result"),
                    response.headers().firstValueAsLong("x-total-count").orElse(0));
        } catch (IOException e) {
            throw new LoadFailed(path, e);
        }
    }

    /** Fetches a file. */
    void download(String path, Path file) {
        send(request("GET", path, BodyPublishers.noBody()), BodyHandlers.ofFile(file));
    }

    /** Waits until a job has ended. @throws LoadFailed when it has not completed */
    JsonNode completed(String job) {
        while (true) {
            var row = call("GET", "/api/jobs/" + job, "").result();
            switch (row.path("status").asText()) {
                case "queued", "running" -> LockSupport.parkNanos(GLANCE_NANOS);
                case "completed" -> {
                    return row;
                }
                default -> throw new LoadFailed("job " + row);
            }
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(String method, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token)
                .method(method, body)
                .build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            var response = client.send(request, handler);
            if (response.statusCode() != 200) {
                throw new LoadFailed(request.uri() + ": " + response.statusCode());
            }
            return response;
        } catch (IOException e) {
            throw new LoadFailed(request.uri().getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted", e);
        }
    }
}
