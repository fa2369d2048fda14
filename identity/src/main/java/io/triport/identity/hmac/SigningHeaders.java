package io.triport.identity.hmac;

import java.util.List;

/** The headers of a signed request (KV remote protocol, section 2). */
public final class SigningHeaders {
    public static final String KEY_ID = "x-zt-key-id";
    public static final String TIMESTAMP = "x-zt-timestamp";
    public static final String NONCE = "x-zt-nonce";
    public static final String BODY_SHA256 = "x-zt-body-sha256";
    public static final String SIGNATURE = "x-zt-signature";

    static final List<String> ALL = List.of(KEY_ID, TIMESTAMP, NONCE, BODY_SHA256, SIGNATURE);

    private SigningHeaders() {}
}
