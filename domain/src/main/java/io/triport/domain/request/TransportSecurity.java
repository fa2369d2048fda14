package io.triport.domain.request;

/** How the bytes of a request travelled. */
public enum TransportSecurity {
    PLAIN,
    TLS
}
