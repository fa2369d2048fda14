package io.triport.e2e.planted.rule07.edge;

import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import java.time.Instant;

/** Allowed: an edge makes requests. */
final class Binder {
    private Binder() {}

    static Fetch bind(RequestId id, Instant now, Headers headers, Peer peer, Content body) {
        return new Fetch(id, now, Method.POST, RawTarget.parse("/"), headers, peer, body);
    }
}
