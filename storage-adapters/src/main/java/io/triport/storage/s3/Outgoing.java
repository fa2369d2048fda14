package io.triport.storage.s3;

import io.triport.domain.request.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request about an object.
 *
 * @param query decoded
 * @param fields by name in lower case, without those of the connection and the signature
 */
record Outgoing(
        String method,
        Bytes key,
        List<Map.Entry<String, String>> query,
        Map<String, String> fields,
        @Nullable UploadBody body,
        Effect effect) {
    Outgoing {
        query = List.copyOf(query);
        fields = Map.copyOf(fields);
    }

    /** Whether it can be sent once more, after it was sent. */
    boolean repeatable() {
        return effect != Effect.ONCE && (body == null || !body.started());
    }

    /** What it may have done when no answer comes: nothing, as long as the endpoint has not the whole body. */
    Effect whenLost() {
        return body != null && !body.delivered() ? Effect.NONE : effect;
    }
}
