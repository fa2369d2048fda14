package io.triport.e2e.bench;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.KeyFile;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.JwtMechanism;
import io.triport.identity.jwt.JwtSettings;
import io.triport.identity.jwt.KeyPlace;
import io.triport.identity.jwt.Lifetime;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.verified.VerifiedCache;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableTicker;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What it costs to find out who holds a token: one thread, from the request's headers to the principal. */
final class VerificationBench {
    /*
     * Method
     *
     * Rounds of each kind in turns, after rounds that only warm up; the median of the rounds counts, so that a pause of the machine in
     * one of them does not. The aims are those of the identity specification, section 12, for a machine of two cores.
     */
    private static final int WARM = 3;
    private static final int ROUNDS = 9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final PrintStream out;
    private final Ticker ticker;
    private final Randomness randomness;
    private final int each;

    /** @param each verifications in a round */
    VerificationBench(PrintStream out, Ticker ticker, Randomness randomness, int each) {
        this.out = out;
        this.ticker = ticker;
        this.randomness = randomness;
        this.each = each;
    }

    private record Kind(String name, double aimMicros, IdentityMechanism mechanism, Fetch request) {}

    private interface Signer {
        byte[] sign(byte[] text) throws GeneralSecurityException;
    }

    void run() throws GeneralSecurityException {
        var rs256 = published("RS256", 60, JwsAlgorithm.RS256, "RSA", 2_048, "SHA256withRSA");
        var kinds = List.of(
                rs256,
                published("ES256", 150, JwsAlgorithm.ES256, "EC", 256, "SHA256withECDSAinP1363Format"),
                published("EdDSA", 150, JwsAlgorithm.EDDSA, "Ed25519", 255, "Ed25519"),
                shared(),
                remembered(rs256));
        out.println();
        out.println("# signatures by " + SignatureEngine.present() + "; " + ROUNDS + " rounds of " + each
                + " verifications, one thread");
        out.println("| verification | us | aim us |");
        out.println("|---|---|---|");
        for (var round = 0; round < WARM; round++) {
            kinds.forEach(this::round);
        }
        var nanos = new long[kinds.size()][ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            for (var kind = 0; kind < kinds.size(); kind++) {
                nanos[kind][round] = round(kinds.get(kind));
            }
        }
        for (var kind = 0; kind < kinds.size(); kind++) {
            Arrays.sort(nanos[kind]);
            var micros = nanos[kind][ROUNDS / 2] / NANOS_PER_MICRO / each;
            out.printf(
                    "| %s | %.2f | %.0f |%n",
                    kinds.get(kind).name(), micros, kinds.get(kind).aimMicros());
        }
        out.flush();
    }

    /** How long a round takes. */
    private long round(Kind kind) {
        var begun = ticker.nanos();
        for (var i = 0; i < each; i++) {
            if (!(kind.mechanism().verify(kind.request(), NOW) instanceof IdentityOutcome.Authenticated)) {
                throw new LoadFailed(kind.name() + ": a right token is refused");
            }
        }
        return ticker.nanos() - begun;
    }

    private Kind published(String name, double aim, JwsAlgorithm algorithm, String key, int bits, String signature)
            throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(key);
        if (!key.equals("Ed25519")) {
            generator.initialize(bits);
        }
        var pair = generator.generateKeyPair();
        var pem = Bytes.utf8("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n");
        var settings = JwtSettings.of(new MechanismName("bench"), rules(algorithm), new KeyPlace.Listed(pem));
        var keys = new FixedKeys(KeyFile.read(pem, SignatureEngine.present()));
        return new Kind(name, aim, mechanism(settings, keys), request(token(algorithm, text -> {
            var signer = Signature.getInstance(signature);
            signer.initSign(pair.getPrivate());
            signer.update(text);
            return signer.sign();
        })));
    }

    private Kind shared() throws GeneralSecurityException {
        var secret = Secret.of(SECRET);
        var rules = rules(JwsAlgorithm.HS256);
        var settings = JwtSettings.of(new MechanismName("bench"), rules, new KeyPlace.Shared(secret));
        var keys = FixedKeys.of(JwsKey.secret(secret, rules.algorithms()));
        return new Kind("HS256", 6, mechanism(settings, keys), request(token(JwsAlgorithm.HS256, text -> {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(text);
        })));
    }

    /** Its verification is remembered from the first round on, for a minute of a clock that stands. */
    private static Kind remembered(Kind kind) {
        if (!(kind.mechanism() instanceof JwtMechanism jwt)) {
            throw new IllegalArgumentException("mechanism: " + kind.mechanism() + " (expected: of tokens)");
        }
        var cache = new VerifiedCache(new SettableTicker());
        return new Kind("cache hit", 3, cache.over(jwt, VerifiedCache.LONGEST, Lifetime.USUAL_SKEW), kind.request());
    }

    private static JwtMechanism mechanism(JwtSettings settings, FixedKeys keys) {
        var revocations = new FakeRevocationList(new SettableTicker());
        return new JwtMechanism(settings, keys, revocations);
    }

    private static TokenRules rules(JwsAlgorithm algorithm) {
        return TokenRules.of(
                new IssuerRule.Exactly(new Issuer("https://idp.example")),
                new AudienceRule.OneOf(Set.of("api")),
                Set.of(algorithm));
    }

    private static String token(JwsAlgorithm algorithm, Signer signer) throws GeneralSecurityException {
        var text = base64("{\"alg\":\"" + algorithm.text() + "\",\"typ\":\"JWT\"}") + "."
                + base64("{\"iss\":\"https://idp.example\",\"sub\":\"user-4711\",\"aud\":\"api\",\"iat\":1767225000,"
                        + "\"exp\":4102444800,\"email\":\"ann@acme.example\",\"scope\":\"orders.read orders.write\"}");
        return text + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(signer.sign(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Fetch request(String token) {
        return new Fetch(
                RequestId.fresh(randomness),
                NOW,
                Method.GET,
                RawTarget.parse("/orders"),
                new Headers(Map.of(
                        "host", List.of("api.example"),
                        "authorization", List.of("Bearer " + token),
                        "user-agent", List.of("bench"))),
                new Peer(InetAddress.getLoopbackAddress(), TransportSecurity.PLAIN),
                Content.of(Bytes.EMPTY));
    }
}
