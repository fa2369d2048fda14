package io.triport.storage.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.ModelBackend;
import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One path of a server, for one model. */
final class Server {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int LONGEST_ANSWER = 64 << 20;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final String JSON = "application/json";

    private final Connector connector;
    private final ModelBackend.OpenAi backend;

    Server(Connector connector, ModelBackend.OpenAi backend) {
        this.connector = connector;
        this.backend = backend;
    }

    /** A whole answer. @param type its media type */
    record Whole(String type, Bytes body) {}

    String model() {
        return backend.model();
    }

    /** @throws StorageFailure.Unavailable UNAVAILABLE for an answer that is no JSON */
    JsonNode ask(JsonNode body) {
        return Json.parse(ask(JSON, Json.bytes(body)).body());
    }

    Whole ask(String type, Bytes body) {
        var response = opened(type, body);
        try (var stream = response.body()) {
            var read = stream.readNBytes(LONGEST_ANSWER + 1);
            if (read.length > LONGEST_ANSWER) {
                throw new StorageFailure.Unavailable(
                        FailureCode.UNAVAILABLE, "model server: an answer of more than " + LONGEST_ANSWER + " bytes");
            }
            return new Whole(type(response), Bytes.copyOf(read));
        } catch (IOException e) {
            throw Connector.broken(e);
        }
    }

    InputStream stream(JsonNode body) {
        return opened(JSON, Json.bytes(body)).body();
    }

    /** Asks, and once more where it certainly did nothing; behind the head of an answer nothing is asked anew. */
    private HttpResponse<InputStream> opened(String type, Bytes body) {
        var request = request(type, body);
        for (var again = true; ; again = false) {
            try {
                var response = connector.send(request);
                if (response.statusCode() == OK) {
                    return response;
                }
                close(response.body());
                if (response.statusCode() != UNAVAILABLE || !again) {
                    throw refusal(response);
                }
            } catch (Connector.NotConnected e) {
                if (!again) {
                    throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "model server: not reached");
                }
            }
        }
    }

    private HttpRequest request(String type, Bytes body) {
        var request = HttpRequest.newBuilder(
                        URI.create(backend.base().toString().replaceFirst("/+$", "") + backend.path()))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        if (backend.key().size() > 0) {
            request.header("Authorization", "Bearer " + backend.key().use(Server::text));
        }
        return request.build();
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.US_ASCII);
    }

    /** Without what the server wrote, which may repeat what it was asked. */
    private static StorageFailure refusal(HttpResponse<?> response) {
        var said = "model server: " + response.statusCode();
        return switch (response.statusCode()) {
            case 400, 422 -> new StorageFailure.Rejected(FailureCode.BAD_REQUEST, said);
            case 401, 403 -> new StorageFailure.Unavailable(FailureCode.BACKEND_AUTHENTICATION, said);
            case 404 -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, said);
            case 413 -> new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, said);
            case 429 -> new StorageFailure.LimitExceeded(FailureCode.THROTTLED, said, wait(response));
            case 504 -> new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, said);
            default -> new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, said);
        };
    }

    private static Duration wait(HttpResponse<?> response) {
        var wait = response.headers()
                .firstValue("retry-after")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static String type(HttpResponse<?> response) {
        return response.headers()
                .firstValue("content-type")
                .map(text -> text.replaceFirst(";.*", "").strip())
                .orElse("application/octet-stream");
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Nobody wants it.
        }
    }
}
