package io.triport.identity.jwt;

import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What a token is called in logs and revocations: by its claim {@code jti}, or else by a digest of it. */
public final class TokenName {
    private static final int DIGEST_BYTES = 16;

    private TokenName() {}

    public static CredentialId of(String token, Claims claims) {
        var jti = claims.text("jti");
        if (jti.isPresent()) {
            try {
                return new CredentialId(jti.get());
            } catch (InvalidInput e) {
                // An id that cannot be written into a log names nothing.
            }
        }
        return new CredentialId(
                HexFormat.of().formatHex(Sha256.of(token.getBytes(StandardCharsets.ISO_8859_1)), 0, DIGEST_BYTES));
    }
}
