package io.triport.identity.sigv4;

/** The chain of signatures over the pieces of a body, each of which covers the one before. Used by one body at a time. */
final class ChunkSignatures {
    private static final String EMPTY_HASH = WireText.sha256(new byte[0]);

    private final SigningKey key;
    private final SignatureClaim claim;
    private String previous;

    ChunkSignatures(SigningKey key, SignatureClaim claim) {
        this.key = key;
        this.claim = claim;
        this.previous = claim.signature();
    }

    /** Whether the signature is the next of the chain, over a piece of this hash. */
    boolean signsChunk(String signature, String hash) {
        var right = key.signs(text("AWS4-HMAC-SHA256-PAYLOAD", EMPTY_HASH + "\n" + hash), signature);
        previous = signature;
        return right;
    }

    /** Whether the signature ends the chain, over fields of this hash. */
    boolean signsTrailer(String signature, String hash) {
        return key.signs(text("AWS4-HMAC-SHA256-TRAILER", hash), signature);
    }

    private String text(String algorithm, String rest) {
        return String.join("\n", algorithm, claim.time().text(), claim.scope().text(), previous, rest);
    }
}
