package io.triport.identity.edge;

import io.netty.handler.codec.http.HttpRequest;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Binds the requests that an app has taken over (see {@code connection.Takeover}), for the gate that the app asks itself. */
@Singleton
public final class TakenOver {
    private static final Map<String, Method> METHODS = Map.of(
            "GET", Method.GET,
            "HEAD", Method.HEAD,
            "POST", Method.POST,
            "PUT", Method.PUT,
            "DELETE", Method.DELETE);

    private final Clock clock;

    TakenOver(Clock clock) {
        this.clock = clock;
    }

    /** @param body what a mechanism signs; empty where none does */
    public Fetch bind(RequestId id, HttpRequest request, RawTarget target, Peer peer, Bytes body) {
        return bind(id, request, target, peer, Content.of(body));
    }

    /** @param body as it comes */
    public Fetch bind(RequestId id, HttpRequest request, RawTarget target, Peer peer, Content body) {
        var name = request.method().name();
        var known = METHODS.get(name);
        var method = known == null ? new Method(name) : known;
        return new Fetch(id, clock.instant(), method, target, headers(request), peer, body);
    }

    /** The same request with what was read of its body in the place of it. */
    public Fetch rebound(Fetch fetch, Content body) {
        return new Fetch(
                fetch.id(), fetch.receivedAt(), fetch.method(), fetch.target(), fetch.headers(), fetch.peer(), body);
    }

    private static Headers headers(HttpRequest request) {
        var fields = new HashMap<String, List<String>>();
        var all = request.headers().iteratorCharSequence();
        while (all.hasNext()) {
            var field = all.next();
            var name = field.getKey().toString().toLowerCase(Locale.ROOT);
            var value = field.getValue().toString();
            var before = fields.putIfAbsent(name, List.of(value));
            if (before != null) {
                var more = new ArrayList<>(before);
                more.add(value);
                fields.put(name, more);
            }
        }
        return new Headers(fields);
    }
}
