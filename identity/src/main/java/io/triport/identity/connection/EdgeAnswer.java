package io.triport.identity.connection;

import io.triport.domain.request.Bytes;
import java.util.Map;

/**
 * An answer that is held in memory.
 *
 * @param headers beside content type and length
 */
public record EdgeAnswer(int status, String contentType, Bytes body, Map<String, String> headers) {
    /** That the app listens. */
    public static final EdgeAnswer HEALTHY = new EdgeAnswer(
            200, "application/json", Bytes.utf8("{\"status\":\"ok\"}"), Map.of("Cache-Control", "no-store"));

    public EdgeAnswer {
        headers = Map.copyOf(headers);
    }

    public EdgeAnswer with(String name, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new EdgeAnswer(status, contentType, body, more);
    }
}
