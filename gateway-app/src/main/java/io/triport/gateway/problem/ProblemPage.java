package io.triport.gateway.problem;

import com.fasterxml.jackson.core.JsonFactory;
import io.triport.domain.request.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A problem as a document (RFC 9457).
 *
 * @param plain whether as the seed's {@code {"error": "..."}} and nothing more
 */
public record ProblemPage(boolean plain) {
    private static final JsonFactory JSON = new JsonFactory();

    public String contentType() {
        return plain ? "application/json" : "application/problem+json";
    }

    /** @param instance path without query, empty when it is not known. @param id empty when there is none */
    public Bytes body(Problem problem, String instance, String id) {
        var bytes = new ByteArrayOutputStream(256);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!plain) {
                json.writeStringField("type", "about:blank");
                json.writeStringField("title", problem.title());
                json.writeNumberField("status", problem.status());
                json.writeStringField("code", problem.code());
            }
            json.writeStringField("error", problem.error());
            if (!plain) {
                json.writeStringField("detail", problem.detail());
            }
            if (!plain && !instance.isEmpty()) {
                json.writeStringField("instance", instance);
            }
            if (!plain && !id.isEmpty()) {
                json.writeStringField("requestId", id);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(bytes.toByteArray());
    }
}
