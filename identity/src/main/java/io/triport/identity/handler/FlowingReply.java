package io.triport.identity.handler;

import io.triport.domain.request.Content;
import java.util.Map;

/**
 * An answer whose bytes are read while the client takes them. The grant of its request lasts until they have ended.
 *
 * @param status 200..599
 * @param body owned by the edge from here on, which reads it to its end or closes it
 * @param headers beside content type and length
 */
public record FlowingReply(int status, String contentType, Content body, Map<String, String> headers)
        implements FetchReply {
    public FlowingReply {
        headers = Map.copyOf(headers);
        FetchReply.requireStatus(status);
    }
}
