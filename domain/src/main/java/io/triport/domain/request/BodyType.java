package io.triport.domain.request;

/** What the body of a message is. */
public enum BodyType {
    /** JSON in UTF-8. */
    JSON,
    /** Text in UTF-8. */
    TEXT,
    BYTES,
    /** Opaque bytes that their producer serialized in the format of that name. */
    V8
}
