package io.triport.identity.sigv4.body;

/**
 * The chain of signatures over the pieces of a body, each of which covers the one before (Amazon S3, Signature Calculations for the
 * Authorization Header: Transferring Payload in Multiple Chunks). Used by one body at a time.
 */
public interface PieceSignatures {
    /** Whether the signature is the next of the chain, over a piece of this hash in lower-case hexadecimal digits. */
    boolean signsChunk(String signature, String hash);

    /** Whether the signature ends the chain, over fields of this hash. */
    boolean signsTrailer(String signature, String hash);
}
