package io.triport.identity.signer;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells an upstream who is behind one request (gateway, section 6), so that it needs not believe plain headers. Safe for many
 * threads.
 *
 * @param audience the upstream that the assertion is for
 * @param life 1 s to 60 s
 */
public record IdentityAssertion(TokenSigner signer, String audience, Duration life) {
    public static final Duration LONGEST = Duration.ofSeconds(60);

    public IdentityAssertion {
        if (life.toSeconds() < 1 || life.compareTo(LONGEST) > 0) {
            throw new InvalidInput("ttl", "1s..60s");
        }
    }

    /**
     * The value of {@code X-Identity-Assertion}.
     *
     * @param url the request's as the upstream sees it, without query and fragment (as {@code htu} of RFC 9449 section 4.2)
     */
    public String of(Principal principal, RequestId request, Method method, String url, Instant now) {
        Map<String, ClaimValue> more = new HashMap<>();
        more.put("htm", JsonText.text(method.text()));
        more.put("htu", JsonText.text(url));
        principal.roles().stream().findFirst().ifPresent(role -> more.put("role", JsonText.text(role.text())));
        if (!principal.scopes().isEmpty()) {
            var scopes = principal.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(" "));
            more.put("scope", JsonText.text(scopes));
        }
        var token = new NewToken(principal.subject().text(), List.of(audience), life, request.text(), more);
        return signer.sign(token, now);
    }
}
