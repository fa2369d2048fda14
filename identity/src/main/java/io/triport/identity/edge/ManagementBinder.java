package io.triport.identity.edge;

import com.sun.net.httpserver.HttpExchange;
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

/** Binds requests to the management port, for the gate. No proxy is believed. */
@Singleton
public final class ManagementBinder {
    private final Clock clock;
    private final Randomness randomness;

    ManagementBinder(Clock clock, Randomness randomness) {
        this.clock = clock;
        this.randomness = randomness;
    }

    /** A request without a body. */
    public Fetch bind(HttpExchange exchange) {
        return bind(exchange, Bytes.EMPTY);
    }

    public Fetch bind(HttpExchange exchange, Bytes body) {
        var peer = exchange.getRemoteAddress().getAddress();
        return new Fetch(
                RequestId.fresh(randomness),
                clock.instant(),
                new Method(exchange.getRequestMethod()),
                RawTarget.parse(exchange.getRequestURI().toASCIIString()),
                headers(exchange),
                new Peer(peer, TransportSecurity.PLAIN, peer),
                Content.of(body));
    }

    private static Headers headers(HttpExchange exchange) {
        var fields = new HashMap<String, List<String>>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Headers(fields);
    }
}
