package io.triport.identity.edge;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
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
import io.triport.identity.connection.ClientEnd;
import io.triport.identity.connection.TrustedProxies;
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
        var socket = request.getRemoteAddress().getAddress();
        return new Fetch(
                RequestId.fresh(randomness),
                clock.instant(),
                new Method(request.getMethodName()),
                target(request),
                headers,
                new Peer(proxies.client(socket, headers.all("x-forwarded-for")), security(request), socket),
                Content.of(body));
    }

    /**
     * The target as it came: the framework's own reading forgets a second slash at its start. The authority of the absolute
     * form is that of the Host field, which was judged before; the form without a path has none that a route could have.
     */
    static RawTarget target(HttpRequest<?> request) {
        var text = request instanceof NettyHttpRequest<?> netty
                ? netty.getNativeRequest().uri()
                : request.getUri().toString();
        if (text.startsWith("/")) {
            return RawTarget.parse(text);
        }
        var authority = text.indexOf("://");
        var end = authority < 0 ? -1 : indexOfEither(text, authority + 3);
        if (end < 0) {
            return new RawTarget("/", "");
        }
        return RawTarget.parse(text.charAt(end) == '/' ? text.substring(end) : "/" + text.substring(end));
    }

    private static int indexOfEither(String text, int from) {
        for (var i = from; i < text.length(); i++) {
            if (text.charAt(i) == '/' || text.charAt(i) == '?') {
                return i;
            }
        }
        return -1;
    }

    private static TransportSecurity security(HttpRequest<?> request) {
        return request.getSslSession().map(ClientEnd::secured).orElse(TransportSecurity.PLAIN);
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
