package io.triport.identity.signer;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Issuer;
import io.triport.domain.request.InvalidInput;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Signs tokens (RFC 7519) in our name, and publishes what others check them with. Safe for many threads. */
public final class TokenSigner {
    private final Issuer issuer;
    private final AtomicReference<KeySchedule> schedule;

    /** @param issuer an https URL without query and fragment when others are to find the keys by it */
    public TokenSigner(Issuer issuer, KeySchedule schedule) {
        this.issuer = issuer;
        this.schedule = new AtomicReference<>(schedule);
    }

    public Issuer issuer() {
        return issuer;
    }

    /**
     * The token in compact form.
     *
     * @throws InvalidInput when it would live longer than the schedule foresees, and so perhaps longer than its key is published
     */
    public String sign(NewToken token, Instant now) {
        var keys = schedule.get();
        if (token.life().compareTo(keys.longestLife()) > 0) {
            throw new InvalidInput("life", "at most " + keys.longestLife());
        }
        var key = keys.signing(now);
        var header = new LinkedHashMap<String, ClaimValue>();
        header.put("alg", JsonText.text(key.algorithm().text()));
        header.put("kid", JsonText.text(key.id()));
        header.put("typ", JsonText.text("JWT"));
        var signed = encoded(new ClaimValue.Members(header)) + "." + encoded(claims(token, now));
        return signed + "." + base64(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Signs by another schedule from now on.
     *
     * @throws InvalidInput when a key of it could sign before everybody had the time to learn of it
     */
    public void adopt(KeySchedule next, Instant now) {
        if (!next.follows(schedule.get(), now)) {
            throw new InvalidInput("keys", "new ones in use 24h from now at the earliest");
        }
        schedule.set(next);
    }

    /** The public keys of now (RFC 7517 section 5), for {@code /.well-known/jwks.json}. */
    public PublishedDocument keys(Instant now) {
        var keys = schedule.get().published(now).stream().map(SignerKey::jwk).toList();
        var set = new LinkedHashMap<String, ClaimValue>();
        set.put("keys", new ClaimValue.Listing(keys));
        return new PublishedDocument(PublishedDocument.KEYS_PATH, JsonText.of(new ClaimValue.Members(set)));
    }

    /** Where the keys are (OpenID Connect Discovery 1.0 section 3), for {@code /.well-known/openid-configuration}. */
    public PublishedDocument discovery(Instant now) {
        var algorithms = schedule.get().published(now).stream()
                .map(key -> key.algorithm().text())
                .distinct()
                .toList();
        var members = new LinkedHashMap<String, ClaimValue>();
        members.put("issuer", JsonText.text(issuer.text()));
        members.put("jwks_uri", JsonText.text(issuer.text().replaceFirst("/$", "") + PublishedDocument.KEYS_PATH));
        members.put("response_types_supported", JsonText.texts(java.util.List.of("id_token")));
        members.put("subject_types_supported", JsonText.texts(java.util.List.of("public")));
        members.put("id_token_signing_alg_values_supported", JsonText.texts(algorithms));
        return new PublishedDocument(PublishedDocument.DISCOVERY_PATH, JsonText.of(new ClaimValue.Members(members)));
    }

    private ClaimValue claims(NewToken token, Instant now) {
        var second = now.getEpochSecond();
        var members = new LinkedHashMap<String, ClaimValue>();
        members.put("iss", JsonText.text(issuer.text()));
        members.put("sub", JsonText.text(token.subject()));
        members.put(
                "aud",
                token.audience().size() == 1
                        ? JsonText.text(token.audience().getFirst())
                        : JsonText.texts(token.audience()));
        members.put("iat", number(second));
        members.put("nbf", number(second));
        members.put("exp", number(second + token.life().toSeconds()));
        members.put("jti", JsonText.text(token.id()));
        members.putAll(new TreeMap<>(token.more()));
        return new ClaimValue.Members(members);
    }

    private static ClaimValue number(long number) {
        return new ClaimValue.Numeric(BigDecimal.valueOf(number));
    }

    private static String encoded(ClaimValue value) {
        return base64(JsonText.of(value).getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
