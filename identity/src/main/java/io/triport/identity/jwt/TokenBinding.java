package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.mtls.CertificateBinding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Who may use a token besides whoever has it. */
public enum TokenBinding {
    /** Nobody else: whoever has it is believed. */
    NONE,
    /** Only who holds the key of the certificate that the token names (RFC 8705 section 3), on this very connection. */
    MTLS;

    boolean holds(Claims token, Fetch request) {
        return switch (this) {
            case NONE -> true;
            case MTLS ->
                request.peer().security() instanceof TransportSecurity.MutualTls mutual
                        && named(token, CertificateBinding.thumbprint(mutual.certificate()));
        };
    }

    private static boolean named(Claims token, String thumbprint) {
        return token.find("cnf").orElse(new ClaimValue.Nothing()) instanceof ClaimValue.Members(var members)
                && members.get("x5t#S256") instanceof ClaimValue.Text(var named)
                && MessageDigest.isEqual(
                        named.getBytes(StandardCharsets.UTF_8), thumbprint.getBytes(StandardCharsets.US_ASCII));
    }
}
