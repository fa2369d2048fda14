package io.triport.e2e.bench;

import io.triport.domain.identity.Secret;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jwt.AudienceRule;
import io.triport.identity.jwt.IssuerRule;
import io.triport.identity.jwt.TokenCheck;
import io.triport.identity.jwt.TokenRules;
import io.triport.identity.jwt.TokenVerifier;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether the time of a refusal tells where a secret or a signature begins to be wrong. */
final class IdentityBench {
    /*
     * Method
     *
     * Two kinds of wrong values, one wrong in its first byte, one in its last, come in an order that chance decides, so that whatever
     * else the machine does meets both alike. Each measurement is of several checks, because one is near the clock's resolution. The
     * longest twentieth of both together is left out; the clock of an interrupted check tells of the interrupt. Each measurement has a
     * value of its own, made before the clock starts, because where a value lies in memory shows in the time too. Welch's t of the two
     * samples is then below 4.5 unless they differ. A comparison that stops at the first difference is measured beside, to show that
     * the method would find one.
     */
    static final String USAGE = """
        usage: bench identity [--quick]
          --quick   10 000 measurements of each kind; 1 000 000 without
        """;

    private static final int FULL = 1_000_000;
    private static final int QUICK = 10_000;
    private static final int BATCH = 16;

    /** A verification takes as long as so many comparisons, about. */
    private static final int VERIFICATIONS = 100;

    private static final int BYTES = 32;
    private static final double KEPT = 0.95;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final PrintStream out;
    private final Ticker ticker;
    private final Randomness randomness;
    private final int measurements;
    private long accepted;

    IdentityBench(PrintStream out, Ticker ticker, Randomness randomness, int measurements) {
        this.out = out;
        this.ticker = ticker;
        this.randomness = randomness;
        this.measurements = measurements;
    }

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        if (!words.isEmpty() && !words.equals(List.of("--quick"))) {
            err.println("bench: " + String.join(" ", words) + ": unknown");
            err.print(USAGE);
            return 2;
        }
        try {
            new IdentityBench(out, Ticker.system(), Randomness.system(), words.isEmpty() ? FULL : QUICK).run();
            return 0;
        } catch (GeneralSecurityException e) {
            err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    void run() throws GeneralSecurityException {
        out.println("# JDK " + Runtime.version() + "; " + measurements + " measurements of each kind, of " + BATCH
                + " checks each; wrong in the first byte against wrong in the last");
        out.println("| check | first ns | last ns | t | t of the shortest 95 % | told apart |");
        out.println("|---|---|---|---|---|---|");
        var secret = randomness.bytes(BYTES);
        row("a secret", secretCheck(secret));
        row("the signature of a token, HS256", tokenCheck(secret));
        row("for comparison: stops at the first difference", stopping(secret));
        if (accepted != 0) {
            throw new LoadFailed("a wrong value was taken for a right one");
        }
        new VerificationBench(out, ticker, randomness, Math.max(1, measurements / VERIFICATIONS)).run();
    }

    private <T> void row(String name, Check<T> check) {
        var kinds = order();
        sample(check, kinds, Math.max(QUICK, measurements / 10));
        var samples = sample(check, kinds, measurements);
        var bound = Welch.quantile(samples[0], samples[1], KEPT);
        var first = Welch.upTo(samples[0], bound);
        var last = Welch.upTo(samples[1], bound);
        var t = Welch.t(first, last);
        out.printf(
                "| %s | %.1f | %.1f | %.2f | %.2f | %s |%n",
                name,
                mean(first),
                mean(last),
                Welch.t(samples[0], samples[1]),
                t,
                Math.abs(t) < Welch.CERTAIN ? "no" : "yes");
        out.flush();
    }

    /** Kinds as chance has them. */
    private byte[] order() {
        var kinds = randomness.bytes(2 * measurements);
        for (var i = 0; i < kinds.length; i++) {
            kinds[i] &= 1;
        }
        return kinds;
    }

    /** Nanoseconds of so many measurements of each kind. */
    private <T> long[][] sample(Check<T> check, byte[] kinds, int each) {
        var samples = new long[2][each];
        var taken = new int[2];
        for (var i = 0; taken[0] < each || taken[1] < each; i++) {
            var kind = kinds[i % kinds.length];
            var value = check.maker().wrongAt(kind * (BYTES - 1));
            var begun = ticker.nanos();
            for (var j = 0; j < BATCH; j++) {
                accepted += check.judge().accepts(value) ? 1 : 0;
            }
            var nanos = ticker.nanos() - begun;
            if (taken[kind] < each) {
                samples[kind][taken[kind]++] = nanos;
            }
        }
        return samples;
    }

    private static double mean(long[] nanos) {
        var sum = 0.0;
        for (var each : nanos) {
            sum += each;
        }
        return sum / nanos.length / BATCH;
    }

    /** What judges a value. */
    private interface Judge<T> {
        boolean accepts(T value);
    }

    /** What makes a value of a right one that is wrong at a place. */
    private interface Maker<T> {
        T wrongAt(int place);
    }

    private record Check<T>(Judge<T> judge, Maker<T> maker) {}

    private static Check<Secret> secretCheck(byte[] secret) {
        var right = Secret.copyOf(secret);
        return new Check<>(right::equals, place -> Secret.copyOf(wrongAt(secret, place)));
    }

    private static Check<String> tokenCheck(byte[] secret) throws GeneralSecurityException {
        var rules = TokenRules.of(
                new IssuerRule.Unnamed(), new AudienceRule.OneOf(Set.of("api")), Set.of(JwsAlgorithm.HS256));
        var key = JwsKey.secret(Secret.copyOf(secret), Set.of(JwsAlgorithm.HS256));
        var verifier = new TokenVerifier(rules, FixedKeys.of(key));
        var text = base64("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64("{\"sub\":\"ann\",\"aud\":\"api\",\"exp\":4102444800}".getBytes(StandardCharsets.UTF_8));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        var signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        if (!(verifier.check(text + "." + base64(signature), NOW) instanceof TokenCheck.Verified)) {
            throw new GeneralSecurityException("a right token is refused");
        }
        return new Check<>(
                token -> verifier.check(token, NOW) instanceof TokenCheck.Verified,
                place -> text + "." + base64(wrongAt(signature, place)));
    }

    private static Check<byte[]> stopping(byte[] secret) {
        return new Check<>(value -> same(secret, value), place -> wrongAt(secret, place));
    }

    private static boolean same(byte[] one, byte[] other) {
        for (var i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] wrongAt(byte[] right, int place) {
        var wrong = right.clone();
        wrong[place] ^= 1;
        return wrong;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
