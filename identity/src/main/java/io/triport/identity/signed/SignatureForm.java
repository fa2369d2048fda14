package io.triport.identity.signed;

/** How a request carries its signature. */
public enum SignatureForm {
    /** Five headers and a canonical text. */
    HEADERS,
    /** HTTP Message Signatures (RFC 9421). */
    MESSAGE_SIGNATURES
}
