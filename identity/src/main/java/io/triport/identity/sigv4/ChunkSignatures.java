package io.triport.identity.sigv4;

import io.triport.domain.request.Sha256;
import io.triport.identity.sigv4.body.PieceSignatures;

/** The chain of signatures over the pieces of a body, each of which covers the one before. Used by one body at a time. */
final class ChunkSignatures implements PieceSignatures {
    private static final String EMPTY_HASH = Sha256.hex(new byte[0]);

    private final SigningKey key;
    private final SignatureClaim claim;
    private String previous;

    ChunkSignatures(SigningKey key, SignatureClaim claim) {
        this.key = key;
        this.claim = claim;
        this.previous = claim.signature();
    }

    @Override
    public boolean signsChunk(String signature, String hash) {
        var right = key.signs(text("AWS4-HMAC-SHA256-PAYLOAD", EMPTY_HASH + "\n" + hash), signature);
        previous = signature;
        return right;
    }

    @Override
    public boolean signsTrailer(String signature, String hash) {
        return key.signs(text("AWS4-HMAC-SHA256-TRAILER", hash), signature);
    }

    private String text(String algorithm, String rest) {
        return String.join("\n", algorithm, claim.time().text(), claim.scope().text(), previous, rest);
    }
}
