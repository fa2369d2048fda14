package io.triport.gateway.proxy;

import io.netty.util.AsciiString;

/** Names of fields that the gateway reads or writes on every request, whose hashes and bytes are made once. */
final class Name {
    static final AsciiString AUTH_MECHANISM = AsciiString.cached("X-Auth-Mechanism");
    static final AsciiString FORWARDED = AsciiString.cached("Forwarded");
    static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
    static final AsciiString FORWARDED_HOST = AsciiString.cached("X-Forwarded-Host");
    static final AsciiString FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");
    static final AsciiString KEEP_ALIVE = AsciiString.cached("Keep-Alive");
    static final AsciiString OLD_LIMIT = AsciiString.cached("X-RateLimit-Limit");
    static final AsciiString OLD_REMAINING = AsciiString.cached("X-RateLimit-Remaining");
    static final AsciiString OLD_RESET = AsciiString.cached("X-RateLimit-Reset");
    static final AsciiString POWERED_BY = AsciiString.cached("X-Powered-By");
    static final AsciiString PROXY_CONNECTION = AsciiString.cached("Proxy-Connection");
    static final AsciiString RATE_LIMIT = AsciiString.cached("RateLimit");
    static final AsciiString RATE_LIMIT_POLICY = AsciiString.cached("RateLimit-Policy");
    static final AsciiString REQUEST_ID = AsciiString.cached("X-Request-ID");
    static final AsciiString SERVER_TIMING = AsciiString.cached("Server-Timing");
    static final AsciiString TRACE_PARENT = AsciiString.cached("traceparent");
    static final AsciiString TRACE_STATE = AsciiString.cached("tracestate");
    static final AsciiString USER_EMAIL = AsciiString.cached("X-User-Email");
    static final AsciiString USER_ID = AsciiString.cached("X-User-ID");
    static final AsciiString USER_ROLE = AsciiString.cached("X-User-Role");
    static final AsciiString USER_SCOPES = AsciiString.cached("X-User-Scopes");

    private Name() {}
}
