package io.triport.identity.jwt;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests with some fields. */
public record TestFetches(String method, String target, Map<String, List<String>> fields) {
    public static final TestFetches GET = new TestFetches("GET", "/", Map.of());

    public static Fetch bearing(String token) {
        return GET.with("authorization", "Bearer " + token).fetch();
    }

    public TestFetches with(String name, String... values) {
        var changed = new HashMap<>(fields);
        changed.put(name, List.of(values));
        return new TestFetches(method, target, changed);
    }

    public TestFetches by(String other) {
        return new TestFetches(other, target, fields);
    }

    public TestFetches to(String other) {
        return new TestFetches(method, other, fields);
    }

    public Fetch fetch() {
        return new Fetch(
                new RequestId("test"),
                Instant.EPOCH,
                new Method(method),
                RawTarget.parse(target),
                new Headers(fields),
                new Peer(Cidr.literal("192.0.2.7"), TransportSecurity.PLAIN),
                Content.of(Bytes.EMPTY));
    }
}
