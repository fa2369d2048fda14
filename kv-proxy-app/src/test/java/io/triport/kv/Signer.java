package io.triport.kv;

import io.triport.domain.request.Bytes;
import io.triport.identity.hmac.CanonicalRequest;
import io.triport.identity.hmac.HmacSecret;
import io.triport.identity.hmac.SigningHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Signs as the protocol's client does, dated by the clock of the test. */
record Signer(String keyId, String secret, Clock clock) {
    Map<String, String> sign(String method, String path, String search, Bytes body) {
        return sign(method, path, search, body, UUID.randomUUID().toString());
    }

    Map<String, String> sign(String method, String path, String search, Bytes body, String nonce) {
        var timestamp = Long.toString(clock.millis());
        var hash = sha256(body);
        var signature = HmacSecret.of(secret).sign(new CanonicalRequest(method, path, search, timestamp, nonce, hash));
        return Map.of(
                SigningHeaders.KEY_ID, keyId,
                SigningHeaders.TIMESTAMP, timestamp,
                SigningHeaders.NONCE, nonce,
                SigningHeaders.BODY_SHA256, hash,
                SigningHeaders.SIGNATURE, signature);
    }

    private static String sha256(Bytes body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
