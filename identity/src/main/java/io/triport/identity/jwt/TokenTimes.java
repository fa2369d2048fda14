package io.triport.identity.jwt;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a token begins, ends, and was made, in whole seconds rounded against its holder; {@code null} for what it does not say. */
record TokenTimes(
        @Nullable Instant expires,
        @Nullable Instant notBefore,
        @Nullable Instant issued) {
    private static final BigDecimal LAST = BigDecimal.valueOf(253_402_300_799L);

    /** Empty when one of the three is there and not a number of seconds up to the year 9999. */
    static Optional<TokenTimes> read(Map<String, ClaimValue> claims) {
        var exp = claims.get("exp");
        var nbf = claims.get("nbf");
        var iat = claims.get("iat");
        return date(exp) && date(nbf) && date(iat)
                ? Optional.of(new TokenTimes(
                        instant(exp, RoundingMode.FLOOR),
                        instant(nbf, RoundingMode.CEILING),
                        instant(iat, RoundingMode.FLOOR)))
                : Optional.empty();
    }

    /** The first rule that the times break, if any. */
    @Nullable
    Reason broken(Lifetime lifetime, Instant now) {
        var early = now.plus(lifetime.skew());
        var late = now.minus(lifetime.skew());
        if (expires == null ? lifetime.expiry() == Lifetime.Expiry.REQUIRED : !late.isBefore(expires)) {
            return Reason.TOKEN_EXPIRED;
        }
        if ((notBefore != null && notBefore.isAfter(early)) || (issued != null && issued.isAfter(early))) {
            return Reason.TOKEN_NOT_YET_VALID;
        }
        if (lifetime.ageBounded() && (issued == null || late.isAfter(issued.plus(lifetime.maxAge())))) {
            return Reason.TOKEN_TOO_OLD;
        }
        return null;
    }

    /** When a token that is not {@link #broken} now will be, by getting old. */
    Instant end(Lifetime lifetime) {
        var byAge = issued != null && lifetime.ageBounded() ? issued.plus(lifetime.maxAge()) : Instant.MAX;
        var end = expires == null || byAge.isBefore(expires) ? byAge : expires;
        return end.equals(Instant.MAX) ? end : end.plus(lifetime.skew());
    }

    private static boolean date(@Nullable ClaimValue claim) {
        return claim == null
                || (claim instanceof ClaimValue.Numeric(var number)
                        && number.signum() >= 0
                        && number.compareTo(LAST) <= 0);
    }

    private static @Nullable Instant instant(@Nullable ClaimValue claim, RoundingMode rounding) {
        return claim instanceof ClaimValue.Numeric(var number)
                ? Instant.ofEpochSecond(number.setScale(0, rounding).longValueExact())
                : null;
    }
}
