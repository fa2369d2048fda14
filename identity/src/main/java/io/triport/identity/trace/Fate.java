package io.triport.identity.trace;

/** Whether what a span is of went wrong on our side. */
public enum Fate {
    /** It did not, though a caller may have been refused. */
    FINE,
    BROKEN
}
