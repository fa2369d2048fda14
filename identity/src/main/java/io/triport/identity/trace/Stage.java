package io.triport.identity.trace;

import java.util.Locale;

/** What a span is of. */
public enum Stage {
    /** All of a request. */
    REQUEST(2),
    IDENTITY(1),
    LIMITS(1),
    /** One attempt at one target. */
    UPSTREAM(3),
    /** One call of one port. */
    STORAGE(3),
    /** All of what the app does by itself at one time. */
    EVENT(1);

    private final int kind;

    Stage(int kind) {
        this.kind = kind;
    }

    /** SpanKind of OTLP: 1 internal, 2 server, 3 client. */
    int kind() {
        return kind;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
