package io.triport.testkit;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests without bodies. */
public final class TestRequests {
    private TestRequests() {}

    /** A request that claims the mechanisms of these names, see {@link TestMechanism}. */
    public static Fetch claiming(RequestId id, Instant receivedAt, String... mechanisms) {
        var fields = Stream.of(mechanisms).collect(Collectors.toMap(name -> name, name -> List.of("shown")));
        return with(id, receivedAt, fields);
    }

    /** A request without a body. @param target path and query @param peer an address */
    public static Fetch fetch(Method method, String target, Map<String, List<String>> headers, String peer) {
        return new Fetch(
                new RequestId("test-1"),
                Instant.parse("2026-01-01T00:00:00Z"),
                method,
                RawTarget.parse(target),
                new Headers(headers),
                new Peer(Cidr.literal(peer), TransportSecurity.PLAIN),
                Content.of(Bytes.EMPTY));
    }

    private static Fetch with(RequestId id, Instant receivedAt, Map<String, List<String>> fields) {
        return new Fetch(
                id,
                receivedAt,
                Method.POST,
                RawTarget.parse("/test"),
                new Headers(fields),
                new Peer(Cidr.literal("192.0.2.7"), TransportSecurity.PLAIN),
                Content.of(Bytes.EMPTY));
    }
}
