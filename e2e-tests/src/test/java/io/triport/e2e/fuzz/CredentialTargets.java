package io.triport.e2e.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.jose.CompactJws;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.HeaderRules;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.Lifetime;
import io.triport.identity.jwt.TokenCheck;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.jwt.TokenVerifier;
import io.triport.identity.revocation.RevocationGuard;
import io.triport.identity.revocation.RevocationRule;
import io.triport.identity.sigv4.SessionTokens;
import io.triport.identity.sigv4.SigV4Mechanism;
import io.triport.identity.sigv4.SigV4Settings;
import io.triport.identity.sts.SealedSessions;
import io.triport.identity.sts.SessionKey;
import io.triport.identity.sts.SessionKeys;
import io.triport.testkit.FakeRevocationList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What shows who somebody is: nobody is let in who does not have the secret, and nothing is thrown. */
final class CredentialTargets {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AccessKeyId ID = new AccessKeyId("AKIAIOSFODNN7EXAMPLE");
    private static final AccessKey KEY = new AccessKey(
            ID,
            Secret.of("a secret that no fuzzer will ever guess, 2026"),
            new Subject("alice"),
            Permissions.NONE,
            Set.of(),
            false,
            true,
            Instant.MAX);
    private static final SigV4Mechanism SIGV4 = new SigV4Mechanism(
            SigV4Mechanism.NAME,
            SigV4Settings.s3("us-east-1"),
            id -> Optional.of(KEY).filter(key -> key.id().equals(id)),
            SessionTokens.NONE,
            new RevocationGuard(new FakeRevocationList(Ticker.system()), RevocationRule.SOFT));
    private static final TokenVerifier TOKENS = new TokenVerifier(
            new TokenRules(
                    new IssuerRule.Exactly(new Issuer("idp")),
                    new AudienceRule.OneOf(Set.of("api")),
                    Set.of(JwsAlgorithm.HS256),
                    HeaderRules.DEFAULT,
                    Lifetime.DEFAULT,
                    CompactJws.USUAL_LENGTH),
            FixedKeys.of(JwsKey.secret(
                    Secret.of("a secret that no fuzzer will ever guess, 2026"), Set.of(JwsAlgorithm.HS256))));
    private static final SealedSessions SESSIONS = new SealedSessions(
            new SessionKeys(List.of(SessionKey.of("known", Base64.getEncoder().encodeToString(new byte[32])))),
            id -> Optional.of(KEY),
            id -> Optional.empty(),
            Randomness.system());

    private CredentialTargets() {}

    /** The first line is the target, the next four are headers. */
    static void sigV4Headers(byte[] bytes) {
        var names = List.of("authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token");
        var lines = new ArrayList<>(List.of(new String(bytes, ISO_8859_1).split("\n", 6)));
        var target = target(lines.removeFirst());
        if (target.isEmpty()) {
            return;
        }
        var fields = new HashMap<String, List<String>>();
        fields.put("host", List.of("s3.example.com"));
        for (var i = 0; i < Math.min(lines.size(), names.size()); i++) {
            if (!lines.get(i).isEmpty()) {
                fields.put(names.get(i), List.of(lines.get(i)));
            }
        }
        var request = new Fetch(
                RequestId.fresh(Randomness.system()),
                NOW,
                Method.GET,
                target.get(),
                new Headers(fields),
                new Peer(Cidr.literal("192.0.2.7"), TransportSecurity.PLAIN),
                Content.of(Bytes.EMPTY));

        SIGV4.present(request);
        var outcome = SIGV4.verify(request, NOW);

        FuzzTarget.require(outcome instanceof IdentityOutcome.Rejected, "not refused: " + outcome);
        FuzzTarget.require(SIGV4.problem(request, NOW).isPresent(), "refused without a word");
    }

    private static Optional<RawTarget> target(String line) {
        try {
            return Optional.of(RawTarget.parse(line));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    static void jwt(byte[] bytes) {
        var token = new String(bytes, ISO_8859_1);
        TOKENS.quick(token);
        TOKENS.addressed(token);
        var check = TOKENS.check(token, NOW);
        FuzzTarget.require(check instanceof TokenCheck.Refused, "not refused: " + check);
    }

    /** As they are, and as what a key that is known is said to have sealed. */
    static void sealedToken(byte[] bytes) {
        opensNothing(new String(bytes, UTF_8));
        opensNothing("v1.known." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static void opensNothing(String token) {
        var opened = SESSIONS.open(token, ID, NOW);
        FuzzTarget.require(opened instanceof SessionTokens.Opened.Refused, "opened: " + opened);
    }
}
