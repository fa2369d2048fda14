package io.triport.domain.request;

/**
 * A body that streamed is not the one that its credential vouches for. The subscriber gets it in the place of the end; what was
 * made of the bytes so far must not be kept. The message repeats nothing of the body.
 */
public final class BodyRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Why why;

    public BodyRefused(Why why, String message) {
        super(message, null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }

    /** What is wrong with the body. */
    public enum Why {
        /** It does not hash to the value that was signed. */
        HASH_MISMATCH,
        /** A piece of it, or what follows it, carries a signature that is not of the signer's key. */
        SIGNATURE_MISMATCH,
        /** The frame around its pieces is not of its form. */
        MALFORMED_FRAMING,
        /** A field behind it was not announced, is missing, or is not of its form. */
        MALFORMED_TRAILER,
        /** It has another length than was declared. */
        WRONG_LENGTH,
        /** It is longer than its credential allows. */
        TOO_LARGE,
        /** It is shorter than its credential allows. */
        TOO_SMALL
    }
}
