package io.triport.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/** Issues tokens that are good for five minutes by the clock of the test. */
record TokenIssuer(KeyPair keys, Clock clock) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    static TokenIssuer at(Clock clock) {
        try {
            return new TokenIssuer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), clock);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Its public key in a file. */
    Path published(Path directory) {
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        try {
            return Files.writeString(directory.resolve("issuer.pem"), pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String token(String subject) {
        return token(subject, "");
    }

    /** @param more members, each with a comma before it */
    String token(String subject, String more) {
        return token("https://idp.example", subject, Duration.ofMinutes(5), more);
    }

    /** @param left until it ends */
    String token(String issuer, String subject, Duration left, String more) {
        var now = clock.instant().getEpochSecond();
        var claims = "{\"iss\":\"%s\",\"aud\":\"zin\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d%s}"
                .formatted(issuer, subject, now - 600, now + left.toSeconds(), more);
        var signed = encoded("{\"alg\":\"EdDSA\"}") + "." + encoded(claims);
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
