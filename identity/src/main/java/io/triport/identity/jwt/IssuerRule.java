package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Issuer;
import org.jspecify.annotations.Nullable;

/** Whose tokens are taken. */
public sealed interface IssuerRule {
    boolean accepts(@Nullable ClaimValue iss);

    /** Under which issuer subjects are known. */
    Issuer issuer();

    /** Those of one issuer, character by character. */
    record Exactly(Issuer issuer) implements IssuerRule {
        @Override
        public boolean accepts(@Nullable ClaimValue iss) {
            return iss instanceof ClaimValue.Text(var text) && text.equals(issuer.text());
        }
    }

    /** Whoever has the secret; the claim is not looked at ({@code issuer: none}). */
    record Unnamed() implements IssuerRule {
        private static final Issuer NONE = new Issuer("none");

        @Override
        public boolean accepts(@Nullable ClaimValue iss) {
            return true;
        }

        @Override
        public Issuer issuer() {
            return NONE;
        }
    }
}
