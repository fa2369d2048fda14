package io.triport.identity.hmac;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a signature covers: six parts, each as sent, joined by line feeds with none at the end (KV remote protocol, section 2).
 *
 * @param path still percent-encoded
 * @param search empty, or with its question mark
 */
public record CanonicalRequest(
        String method, String path, String search, String timestamp, String nonce, String bodySha256) {
    String text() {
        return String.join("\n", method.toUpperCase(Locale.ROOT), path, search, timestamp, nonce, bodySha256);
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }
}
