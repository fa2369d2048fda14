package io.triport.identity.mtls;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.request.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Tokens that only the holder of a certificate may use (RFC 8705 section 3). */
public final class CertificateBinding {
    private CertificateBinding() {}

    /** What a token says of its certificate: the member {@code x5t#S256} of its claim {@code cnf}. */
    public static String thumbprint(X509Certificate certificate) {
        return encoded(Certificates.sha256(certificate));
    }

    /**
     * Whether the token belongs to a certificate; one that names none belongs to none.
     *
     * @param certificate the credential of the principal that {@link MtlsMechanism} admitted in the same request
     */
    public static boolean bound(Claims token, CredentialId certificate) {
        var expected = encoded(Bytes.parseHex(certificate.text()));
        return token.find("cnf").orElse(null) instanceof ClaimValue.Members(var members)
                && members.get("x5t#S256") instanceof ClaimValue.Text(var named)
                && MessageDigest.isEqual(
                        named.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(Bytes sha256) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.toByteArray());
    }
}
