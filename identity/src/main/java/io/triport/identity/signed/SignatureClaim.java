package io.triport.identity.signed;

import io.triport.domain.identity.Reason;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/** What a request says of its own signature, before any of it is believed. */
sealed interface SignatureClaim {
    /** Something is missing, repeated or not of its form. */
    record Unreadable(Reason reason) implements SignatureClaim {}

    /**
     * All parts are there.
     *
     * @param algorithms those that the claim leaves open, one or more
     * @param expires when the signer ends it, {@link Instant#MAX} when they do not say
     * @param text what is signed
     * @param covers whether a body is the one that is signed
     */
    record Complete(
            String keyId,
            Set<SignatureAlgorithm> algorithms,
            Instant created,
            Instant expires,
            String nonce,
            String text,
            Bytes signature,
            Predicate<Bytes> covers)
            implements SignatureClaim {
        /** Both edges are inside. */
        boolean within(Duration window, Instant now) {
            return Math.abs(now.toEpochMilli() - created.toEpochMilli()) <= window.toMillis() && now.isBefore(expires);
        }

        byte[] signedBytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** Stands for the nonce in the ledger: of fixed length, however long the nonce. */
        Bytes nonceDigest() {
            var digest = Sha256.of(nonce);
            return Bytes.copyOf(digest).slice(0, NONCE_DIGEST_BYTES);
        }
    }

    int NONCE_DIGEST_BYTES = 16;

    static boolean nonceAllowed(String nonce) {
        return nonce.length() >= 16
                && nonce.length() <= 128
                && nonce.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= 'a' && c <= 'z')
                                || c == '_'
                                || c == '-');
    }
}
