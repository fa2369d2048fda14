package io.triport.identity.jose;

/** Whether a signature is the one of a text under one key. Safe for many threads. */
interface SignatureCheck {
    /** @param length how much of the text is signed, from its beginning */
    boolean holds(JwsAlgorithm algorithm, byte[] text, int length, byte[] signature);
}
