package io.triport.identity.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.testkit.TestRequests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SocketHandshakeTest {
    private static final Map<String, String> WANTED = Map.of(
            "upgrade", "WebSocket",
            "connection", "keep-alive, Upgrade",
            "sec-websocket-version", "13",
            "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");

    /** The example of RFC 6455 section 1.3. */
    @Test
    void the_answer_proves_that_the_key_was_read() {
        var agreed = SocketHandshake.of(fetch(Method.GET, WANTED)).orElseThrow();

        assertThat(agreed.fields())
                .contains(new StreamReply.Field("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    }

    @Test
    void a_request_that_lacks_or_changes_a_part_of_the_wish_has_none() {
        assertThat(SocketHandshake.of(fetch(Method.POST, WANTED))).isEmpty();
        for (var name : WANTED.keySet()) {
            var without = new HashMap<>(WANTED);
            without.remove(name);
            assertThat(SocketHandshake.of(fetch(Method.GET, without))).isEmpty();
            without.put(name, "8");
            assertThat(SocketHandshake.of(fetch(Method.GET, without))).isEmpty();
        }
    }

    private static Fetch fetch(Method method, Map<String, String> fields) {
        var headers = new HashMap<String, List<String>>();
        fields.forEach((name, value) -> headers.put(name, List.of(value)));
        return TestRequests.fetch(method, "/", headers, "192.0.2.7");
    }
}
