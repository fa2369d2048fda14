package io.triport.identity.mtls;

import java.util.List;

/** The header in which a proxy hands on its client's certificate. */
public enum ForwardedForm {
    /** Envoy's. Needs {@code Cert} or {@code Chain} in it, and one element: that of the proxy next to us. */
    X_FORWARDED_CLIENT_CERT(List.of("x-forwarded-client-cert")),
    /** Of RFC 9440. */
    CLIENT_CERT(List.of("client-cert", "client-cert-chain")),
    /** Cloudflare's, with the certificate in base64. */
    CF_CLIENT_CERT(List.of("cf-client-cert-der-base64", "cf-client-cert-sha256"));

    private final List<String> headers;

    ForwardedForm(List<String> headers) {
        this.headers = headers;
    }

    /** All headers of the form; the first one has the certificate. */
    public List<String> headers() {
        return headers;
    }

    String certificate() {
        return headers.getFirst();
    }

    /** The other one, which may be left out. */
    String companion() {
        return headers.getLast();
    }
}
