package io.triport.domain.audit;

import java.util.Locale;

/** The columns of a record. Stored records name them by their place here: new ones go to the end. */
public enum AuditColumn {
    /** A UUIDv7. */
    ID(Kind.TEXT),
    /** When the request began, in milliseconds since the epoch. */
    TIMESTAMP(Kind.TIME),
    /** The subject, or {@code anonymous}. */
    USER_ID(Kind.TEXT),
    METHOD(Kind.TEXT),
    PATH(Kind.TEXT),
    STATUS(Kind.NUMBER),
    DURATION_MS(Kind.NUMBER),
    /** The client's address. */
    IP(Kind.TEXT),
    USER_AGENT(Kind.TEXT),
    MECHANISM(Kind.TEXT),
    ISSUER(Kind.TEXT),
    SUBJECT(Kind.TEXT),
    EMAIL(Kind.TEXT),
    /** Names a key or certificate; never a secret. */
    CREDENTIAL_ID(Kind.TEXT),
    OUTCOME(Kind.TEXT),
    REASON(Kind.TEXT),
    ROUTE_ID(Kind.TEXT),
    UPSTREAM(Kind.TEXT),
    TARGET(Kind.TEXT),
    ATTEMPTS(Kind.NUMBER),
    BYTES_IN(Kind.NUMBER),
    BYTES_OUT(Kind.NUMBER),
    UPSTREAM_MS(Kind.NUMBER),
    HOST(Kind.TEXT),
    PROTOCOL(Kind.TEXT),
    TLS_VERSION(Kind.TEXT),
    TRACE_ID(Kind.TEXT),
    /** The gateway's node. */
    NODE(Kind.TEXT),
    /** The address of the connection's other end. */
    PEER_IP(Kind.TEXT),
    CONFIG_HASH(Kind.TEXT),
    /** The record's number in its node's chain. */
    SEQ(Kind.NUMBER),
    /** The hash of the record before it in the chain, in hexadecimal digits. */
    PREV_HASH(Kind.TEXT),
    HASH(Kind.TEXT);

    private final Kind kind;

    /** What a column holds. */
    public enum Kind {
        TEXT,
        NUMBER,
        /** A number that is a moment. */
        TIME
    }

    AuditColumn(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** In tables and exports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
