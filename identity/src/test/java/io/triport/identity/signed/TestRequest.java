package io.triport.identity.signed;

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
import java.util.function.UnaryOperator;

/** A request that a test changes part by part after it was signed. */
record TestRequest(
        String method, String path, String search, Map<String, List<String>> headers, Bytes body, String peer) {
    static TestRequest of(String method, String target, Map<String, String> headers, Bytes body) {
        var parsed = RawTarget.parse(target);
        return new TestRequest(method, parsed.path(), parsed.search(), Map.of(), body, "192.0.2.7").withAll(headers);
    }

    TestRequest withAll(Map<String, String> more) {
        var changed = new HashMap<>(headers);
        more.forEach((name, value) -> changed.put(name, List.of(value)));
        return new TestRequest(method, path, search, changed, body, peer);
    }

    TestRequest with(String name, String... values) {
        var changed = new HashMap<>(headers);
        changed.put(name, List.of(values));
        return new TestRequest(method, path, search, changed, body, peer);
    }

    TestRequest changing(String name, UnaryOperator<String> change) {
        return with(name, change.apply(header(name)));
    }

    TestRequest without(String name) {
        var changed = new HashMap<>(headers);
        changed.remove(name);
        return new TestRequest(method, path, search, changed, body, peer);
    }

    TestRequest by(String other) {
        return new TestRequest(other, path, search, headers, body, peer);
    }

    TestRequest to(String target) {
        var parsed = RawTarget.parse(target);
        return new TestRequest(method, parsed.path(), parsed.search(), headers, body, peer);
    }

    TestRequest saying(Bytes other) {
        return new TestRequest(method, path, search, headers, other, peer);
    }

    TestRequest from(String address) {
        return new TestRequest(method, path, search, headers, body, address);
    }

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    Fetch fetch() {
        return new Fetch(
                new RequestId("test"),
                Instant.EPOCH,
                new Method(method),
                new RawTarget(path, search),
                new Headers(headers),
                new Peer(Cidr.literal(peer), TransportSecurity.PLAIN),
                Content.of(body));
    }
}
