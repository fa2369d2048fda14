package io.triport.identity.oidc;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Sha256;
import io.triport.domain.time.Randomness;
import io.triport.identity.keyring.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A login that a browser has begun.
 *
 * @param state comes back with the answer, and so proves that the answer is to this attempt
 * @param nonce comes back in the ID token
 * @param verifier proves to the provider that who began is who redeems (RFC 7636)
 * @param returnPath where to go afterwards, on this site
 * @param expiresAt the end of the attempt
 */
record LoginAttempt(String state, String nonce, String verifier, String returnPath, Instant expiresAt) {
    private static final int BYTES = 32;
    private static final int PARTS = 5;
    private static final int LONGEST_PATH = 1024;

    static LoginAttempt begin(String returnPath, Instant expiresAt, Randomness randomness) {
        return new LoginAttempt(
                Base64Url.encode(randomness.bytes(BYTES)),
                Base64Url.encode(randomness.bytes(BYTES)),
                Base64Url.encode(randomness.bytes(BYTES)),
                returnPath,
                expiresAt);
    }

    /** The challenge of method S256 (RFC 7636 section 4.2). */
    String challenge() {
        return Base64Url.encode(Sha256.of(verifier));
    }

    boolean answeredBy(String otherState) {
        return MessageDigest.isEqual(
                state.getBytes(StandardCharsets.US_ASCII), otherState.getBytes(StandardCharsets.UTF_8));
    }

    Bytes toBytes() {
        return Bytes.utf8(
                String.join("\n", state, nonce, verifier, Long.toString(expiresAt.getEpochSecond()), returnPath));
    }

    /** @throws InvalidInput for anything that {@link #toBytes} does not make */
    static LoginAttempt from(Bytes bytes) {
        var parts = bytes.toUtf8().split("\n", PARTS);
        try {
            if (parts.length == PARTS) {
                return new LoginAttempt(
                        parts[0], parts[1], parts[2], parts[4], Instant.ofEpochSecond(Long.parseLong(parts[3])));
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw new InvalidInput("login", "an attempt of ours");
        }
        throw new InvalidInput("login", "an attempt of ours");
    }

    /**
     * Whether a path leads to a place on this site. Browsers take a second slash, and a backslash for one, as the start of
     * another site's name, and drop tabs and line feeds before they look.
     */
    static boolean onThisSite(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && path.length() <= LONGEST_PATH
                && path.chars().allMatch(c -> c > ' ' && c <= '~' && c != '\\');
    }
}
