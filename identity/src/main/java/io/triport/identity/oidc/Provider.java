package io.triport.identity.oidc;

import io.triport.domain.time.Ticker;
import io.triport.identity.federation.DocumentSource;
import io.triport.identity.jose.KeySource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An OpenID provider: what it tells of itself, found at first need and then kept, and its token endpoint. Safe for many threads. */
public final class Provider {
    /*
     * Concurrency. The lock of this object guards the fields. A fetch runs under it, so that it happens once; after a failure
     * everybody is answered at once until the pause is over.
     */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final OidcSettings settings;
    private final DocumentSource documents;
    private final TokenEndpoint endpoint;
    private final Function<URI, KeySource> sources;
    private final Ticker ticker;

    private volatile @Nullable Known known;
    // Guarded by this.
    private long pauseUntil;

    /** What is known of a provider. */
    record Known(ProviderMetadata metadata, KeySource keys) {}

    /** @param sources the keys at a place */
    public Provider(
            OidcSettings settings,
            DocumentSource documents,
            TokenEndpoint endpoint,
            Function<URI, KeySource> sources,
            Ticker ticker) {
        this.settings = settings;
        this.documents = documents;
        this.endpoint = endpoint;
        this.sources = sources;
        this.ticker = ticker;
        this.pauseUntil = ticker.nanos();
    }

    Optional<Known> known() {
        var found = known;
        return Optional.ofNullable(found == null ? discover() : found);
    }

    /** Redeems the code of a login (OpenID Connect Core 1.0 section 3.1.3.1, RFC 7636 section 4.5). */
    TokenReply redeem(Known provider, String code, LoginAttempt attempt) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", settings.redirectUri().toString());
        form.put("code_verifier", attempt.verifier());
        return post(provider, form);
    }

    /** OpenID Connect Core 1.0 section 12. */
    TokenReply refresh(Known provider, String refreshToken) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return post(provider, form);
    }

    private TokenReply post(Known provider, Map<String, String> form) {
        var authorization = settings.clientSecret().use(secret -> {
            var pair = FormFields.encoded(settings.clientId()) + ":"
                    + FormFields.encoded(new String(secret, StandardCharsets.UTF_8));
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
        });
        return TokenReply.read(endpoint.post(provider.metadata().token(), authorization, FormFields.write(form)));
    }

    private synchronized @Nullable Known discover() {
        if (known == null && ticker.nanos() - pauseUntil >= 0) {
            known = documents
                    .fetch(ProviderMetadata.place(settings.issuer()))
                    .flatMap(document -> ProviderMetadata.read(settings.issuer(), document))
                    .map(metadata -> new Known(metadata, sources.apply(metadata.keys())))
                    .orElse(null);
            if (known == null) {
                pauseUntil = ticker.nanos() + PAUSE.toNanos();
            }
        }
        return known;
    }
}
