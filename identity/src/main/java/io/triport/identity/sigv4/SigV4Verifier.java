package io.triport.identity.sigv4;

import io.triport.domain.access.AccessKeys;
import io.triport.domain.identity.BodyCheck;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Sha256;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.sigv4.body.Frame;
import io.triport.identity.sigv4.body.VouchedContent;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges signatures in headers and in queries. Safe for many threads. */
final class SigV4Verifier {
    /*
     * Order of checks, cheap first: form, scope, what is signed, time, and then the key with the signature.
     *
     * A token that may be added later. In a header it is seen whether it is signed. In a query it cannot be seen, so both texts are
     * tried; the rest of the request is the same in both.
     */
    private static final Set<String> HOSTS = Set.of(AwsNames.HOST);
    private static final Set<String> TOKENS = Set.of(AwsNames.SECURITY_TOKEN);

    private final MechanismName name;
    private final SigV4Settings settings;
    private final ClaimReader reader;
    private final Signatories signatories;

    SigV4Verifier(
            MechanismName name,
            SigV4Settings settings,
            AccessKeys keys,
            SessionTokens sessions,
            RevocationGuard guard) {
        this.name = name;
        this.settings = settings;
        this.reader = new ClaimReader(settings.payload());
        this.signatories = new Signatories(keys, sessions, guard);
    }

    Verdict judge(Fetch request, Instant now) {
        try {
            var claim = reader.read(request);
            checkScope(claim);
            checkCoverage(request, claim);
            checkTime(claim, now);
            var texts = texts(request, claim);
            return signatories.judge(
                    new Signatories.Signer(name, claim.credential(), claim.token()),
                    key -> signed(key, texts, claim.signature()),
                    (signatory, key) -> body(request, claim, key),
                    now);
        } catch (Refusal e) {
            return new Verdict.Refused(e.problem());
        } catch (InvalidInput e) {
            return new Verdict.Refused(SigV4Problem.of(SigV4Problem.Kind.BAD_URI));
        }
    }

    private void checkScope(SignatureClaim claim) {
        var scope = claim.scope();
        if (!Set.of(settings.service()).contains(scope.service())
                || !settings.regions().contains(scope.region())
                || !Set.of(claim.time().date()).contains(scope.date())) {
            throw new Refusal(
                    switch (claim.place()) {
                        case SignatureClaim.Place.Header header -> SigV4Problem.Kind.HEADER_SCOPE;
                        case SignatureClaim.Place.Query query -> SigV4Problem.Kind.QUERY_SCOPE;
                    },
                    Map.of("Region", settings.regions().getFirst()));
        }
    }

    private void checkCoverage(Fetch request, SignatureClaim claim) {
        var signed = claim.signedHeaders();
        var unsigned = new TreeSet<String>();
        for (var header : request.headers().fields().keySet()) {
            if ((header.startsWith(AwsNames.X_AMZ) || HOSTS.contains(header))
                    && !signed.contains(header)
                    && (settings.token() == TokenRule.SIGNED || !TOKENS.contains(header))) {
                unsigned.add(header);
            }
        }
        if (!unsigned.isEmpty() || !signed.contains(AwsNames.HOST)) {
            throw new Refusal(
                    SigV4Problem.Kind.UNSIGNED_HEADERS,
                    Map.of("HeadersNotSigned", unsigned.isEmpty() ? AwsNames.HOST : String.join(", ", unsigned)));
        }
        for (var header : signed) {
            if (!request.headers().has(header)) {
                throw new Refusal(SigV4Problem.Kind.SIGNATURE);
            }
        }
    }

    private void checkTime(SignatureClaim claim, Instant now) {
        var made = claim.time().instant();
        switch (claim.place()) {
            case SignatureClaim.Place.Header header -> {
                if (Duration.between(made, now).abs().compareTo(settings.skew()) > 0) {
                    throw skewed(claim, now);
                }
            }
            case SignatureClaim.Place.Query(var expires) -> {
                var until = made.plus(expires);
                if (now.isBefore(made.minus(settings.skew())) || now.isAfter(until)) {
                    throw new Refusal(
                            SigV4Problem.Kind.EXPIRED_URL, inOrder("Expires", iso(until), "ServerTime", iso(now)));
                }
            }
        }
    }

    private Refusal skewed(SignatureClaim claim, Instant now) {
        var elements = new java.util.LinkedHashMap<>(
                inOrder("RequestTime", claim.time().text(), "ServerTime", iso(now)));
        elements.put("MaxAllowedSkewMilliseconds", Long.toString(settings.skew().toMillis()));
        return new Refusal(SigV4Problem.Kind.SKEWED, elements);
    }

    private static Map<String, String> inOrder(String first, String one, String second, String other) {
        var elements = new java.util.LinkedHashMap<String, String>();
        elements.put(first, one);
        elements.put(second, other);
        return elements;
    }

    private static String iso(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The texts of which one must be signed: one, or two when a token in the query need not be. */
    private List<String> texts(Fetch request, SignatureClaim claim) {
        var payload = settings.payload() == PayloadRule.HELD
                ? Sha256.hex(request.body().buffered().toByteArray())
                : claim.payload().text();
        var without = claim.unsignedParameters();
        var whole = text(request, claim, payload, without);
        if (settings.token() == TokenRule.SIGNED || without.isEmpty() || !claim.hasToken()) {
            return List.of(whole);
        }
        var withoutToken = new HashSet<>(without);
        withoutToken.add(AwsNames.QUERY_SECURITY_TOKEN);
        return List.of(whole, text(request, claim, payload, withoutToken));
    }

    private String text(Fetch request, SignatureClaim claim, String payload, Set<String> without) {
        return claim.stringToSign(
                CanonicalRequest.of(request, settings.normalisation(), claim.signedHeaders(), payload, without)
                        .hash());
    }

    private static boolean signed(SigningKey key, List<String> texts, String signature) {
        var signed = false;
        for (var text : texts) {
            signed |= key.signs(text, signature);
        }
        return signed;
    }

    private BodyCheck body(Fetch request, SignatureClaim claim, SigningKey key) {
        return switch (claim.payload()) {
            case PayloadHash.Unsigned unsigned -> BodyCheck.NONE;
            case PayloadHash.Exactly(var hash) -> raw -> VouchedContent.hashed(raw, hash);
            case PayloadHash.Framed(var form) -> {
                var frame = frame(request.headers(), form);
                yield raw -> VouchedContent.unframed(raw, frame, () -> new ChunkSignatures(key, claim));
            }
        };
    }

    private Frame frame(Headers headers, Frame.Form form) {
        var announced = form.hasTrailer() ? announced(headers) : Set.<String>of();
        return new Frame(form, DecodedLength.of(headers).bytes(), announced, settings.mostChunk());
    }

    private static Set<String> announced(Headers headers) {
        return headers.all(AwsNames.TRAILER).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
