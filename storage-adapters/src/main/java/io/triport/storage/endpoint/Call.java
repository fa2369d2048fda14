package io.triport.storage.endpoint;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param target path and query as they are sent
 * @param fields all of the head, {@code Content-Length} of a body too
 * @param body null for none; asked for once at most, and for one that awaits leave ({@code Expect}) when that is given, or
 *     three seconds later
 */
public record Call(
        Address address,
        String method,
        String target,
        List<Map.Entry<String, String>> fields,
        Flow.@Nullable Publisher<ByteBuffer> body) {
    public Call {
        fields = List.copyOf(fields);
    }

    /** Without a body. */
    Call(Address address, String method, String target, List<Map.Entry<String, String>> fields) {
        this(address, method, target, fields, null);
    }
}
