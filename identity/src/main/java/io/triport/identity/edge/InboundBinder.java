package io.triport.identity.edge;

import io.micronaut.http.HttpRequest;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.time.Randomness;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** Turns an HTTP request into the domain's {@link Fetch}: the only place where one is made. */
@Singleton
final class InboundBinder {
    private final Clock clock;
    private final Randomness randomness;
    private final TrustedProxies proxies;

    InboundBinder(Clock clock, Randomness randomness, TrustedProxies proxies) {
        this.clock = clock;
        this.randomness = randomness;
        this.proxies = proxies;
    }

    Fetch bind(HttpRequest<?> request, Bytes body) {
        var headers = headers(request);
        return new Fetch(
                RequestId.fresh(randomness),
                clock.instant(),
                new Method(request.getMethodName()),
                RawTarget.parse(request.getUri().toString()),
                headers,
                new Peer(
                        proxies.client(request.getRemoteAddress().getAddress(), headers.all("x-forwarded-for")),
                        request.isSecure() ? TransportSecurity.TLS : TransportSecurity.PLAIN),
                Content.of(body));
    }

    private static Headers headers(HttpRequest<?> request) {
        var fields = new HashMap<String, List<String>>();
        for (var name : request.getHeaders().names()) {
            fields.putIfAbsent(
                    name.toLowerCase(Locale.ROOT), request.getHeaders().getAll(name));
        }
        return new Headers(fields);
    }
}
