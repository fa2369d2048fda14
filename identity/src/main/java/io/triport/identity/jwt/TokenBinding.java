package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.request.Fetch;
import io.triport.identity.mtls.CertificateBinding;
import io.triport.identity.mtls.CertificateSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Who may use a token besides whoever has it. */
public sealed interface TokenBinding {
    /** Nobody else: whoever has it is believed. */
    TokenBinding NONE = new None();

    /** Who holds the key of the certificate that the token names, on this very connection. */
    TokenBinding MTLS = new Certificate(new CertificateSource.OwnTls());

    boolean holds(Claims token, Fetch request);

    /** See {@link #NONE}. */
    record None() implements TokenBinding {
        @Override
        public boolean holds(Claims token, Fetch request) {
            return true;
        }
    }

    /**
     * Only who holds the key of the certificate that the token names (RFC 8705 section 3). That the certificate is the one is
     * enough; who has signed it does not matter.
     *
     * @param source where the certificate of a request is
     */
    record Certificate(CertificateSource source) implements TokenBinding {
        @Override
        public boolean holds(Claims token, Fetch request) {
            return source.certificate(request)
                    .filter(certificate -> named(token, CertificateBinding.thumbprint(certificate)))
                    .isPresent();
        }

        private static boolean named(Claims token, String thumbprint) {
            return token.find("cnf").orElse(new ClaimValue.Nothing()) instanceof ClaimValue.Members(var members)
                    && members.get("x5t#S256") instanceof ClaimValue.Text(var named)
                    && MessageDigest.isEqual(
                            named.getBytes(StandardCharsets.UTF_8), thumbprint.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
