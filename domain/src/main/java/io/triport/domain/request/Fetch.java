package io.triport.domain.request;

import java.time.Instant;

/** An HTTP request. Path and query stay as the client sent them, because signatures cover bytes and not meanings. */
public record Fetch(
        RequestId id, Instant receivedAt, Method method, RawTarget target, Headers headers, Peer peer, Content body)
        implements Inbound {}
