package io.triport.identity.oidc;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.jwt.TokenPlace;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.keyring.Purpose;
import java.time.Instant;
import java.util.Optional;

/** What a browser keeps during a login, so that an answer counts only in the browser that asked. Sealed; 10 minutes. */
record LoginCookie(OidcSettings settings, Randomness randomness) {
    static final long LIFE_SECONDS = 600;

    private static final Purpose PURPOSE = new Purpose("oidc/login");
    private static final String FORM = "l1";

    String of(LoginAttempt attempt) {
        var key = settings.keys().first().seal(PURPOSE);
        var hidden = key.seal(attempt.toBytes(), about(), randomness);
        var value = FORM + "." + key.id() + "." + Base64Url.encode(hidden.toByteArray());
        return name() + "=" + value + attributes(LIFE_SECONDS);
    }

    String removed() {
        return name() + "=" + attributes(0);
    }

    /** The attempt of a request's one cookie; empty for any other number of them, and for one that has ended. */
    Optional<LoginAttempt> read(Fetch request, Instant now) {
        var values = new TokenPlace.Cookie(name()).tokens(request);
        return values.size() == 1
                ? open(values.getFirst()).filter(attempt -> now.isBefore(attempt.expiresAt()))
                : Optional.empty();
    }

    private Optional<LoginAttempt> open(String value) {
        var parts = value.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(FORM)) {
            return Optional.empty();
        }
        var key = Optional.ofNullable(settings.keys().seals(PURPOSE).get(parts[1]));
        return key.flatMap(found -> Base64Url.decode(parts[2])
                .flatMap(hidden -> found.open(Bytes.copyOf(hidden), about()))
                .flatMap(LoginCookie::attempt));
    }

    private static Optional<LoginAttempt> attempt(Bytes bytes) {
        try {
            return Optional.of(LoginAttempt.from(bytes));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    /** An attempt at one provider is none at another. */
    private String about() {
        return settings.issuer().text() + "\n" + settings.clientId();
    }

    private String name() {
        return name(settings);
    }

    static String name(OidcSettings settings) {
        return settings.overTls() ? "__Host-login" : "triport-dev-login";
    }

    /** Lax: the answer is a navigation that comes from the provider's site. */
    private String attributes(long maxAgeSeconds) {
        return "; Path=/; Max-Age=" + maxAgeSeconds + "; SameSite=Lax; HttpOnly"
                + (settings.overTls() ? "; Secure" : "");
    }
}
