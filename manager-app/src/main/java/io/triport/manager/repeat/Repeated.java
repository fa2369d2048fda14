package io.triport.manager.repeat;

import io.triport.domain.request.Bytes;

/** A unit is not begun, because its call was done before. Ends in {@link Repeats}, and has no stack trace because it is an answer. */
public final class Repeated extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Bytes kept;

    Repeated(Bytes kept) {
        super("repeated", null, false, false);
        this.kept = kept;
    }

    /** What was kept of the call, as {@link KeptAnswer} reads it. */
    public Bytes kept() {
        return kept;
    }
}
