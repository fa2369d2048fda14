package io.triport.identity.handler;

import io.triport.domain.request.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer that is held in memory.
 *
 * @param status 200..599
 * @param headers beside content type; a length among them is that of the body which a GET would get, in the answer to a HEAD
 */
public record Reply(int status, String contentType, Bytes body, Map<String, String> headers) implements FetchReply {
    public Reply {
        headers = Map.copyOf(headers);
        FetchReply.requireStatus(status);
    }

    public static Reply json(int status, Bytes json) {
        return new Reply(status, "application/json", json, Map.of());
    }

    public static Reply json(int status, String json) {
        return json(status, Bytes.utf8(json));
    }

    public static Reply text(int status, String text) {
        return new Reply(status, "text/plain; charset=utf-8", Bytes.utf8(text), Map.of());
    }

    public static Reply notFound() {
        return json(404, "{\"code\":\"not_found\"}");
    }

    public Reply with(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }
}
