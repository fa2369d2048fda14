package io.triport.identity.workload;

import io.triport.domain.identity.WorkloadCredential;
import io.triport.domain.identity.WorkloadCredentials;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.domain.time.Randomness;
import io.triport.identity.signer.NewToken;
import io.triport.identity.signer.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Credentials that are got for tokens of our own. Targets that are the same in all but their name share one. Holds them in
 * memory alone. Safe for many threads.
 */
public final class ExchangedCredentials implements WorkloadCredentials {
    /** The longest time that a caller waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    private static final int ID_BYTES = 16;

    private final TokenSigner signer;
    private final StsClient client;
    private final Clock clock;
    private final Randomness randomness;
    private final Map<String, Renewal> renewals = new HashMap<>();

    /** @param targets by name */
    ExchangedCredentials(
            Map<String, WorkloadTarget> targets, TokenSigner signer, StsClient client, Renewal.Means means) {
        this.signer = signer;
        this.client = client;
        this.clock = means.clock();
        this.randomness = means.randomness();
        var shared = new HashMap<String, Renewal>();
        targets.forEach((name, target) -> renewals.put(
                name, shared.computeIfAbsent(key(target), key -> new Renewal(name, () -> exchange(target), means))));
    }

    /** @param targets by name */
    public static ExchangedCredentials of(
            Map<String, WorkloadTarget> targets, TokenSigner signer, WorkloadMeans means) {
        return new ExchangedCredentials(
                targets,
                signer,
                new StsClient(means.clock()),
                new Renewal.Means(means.clock(), means.ticker(), means.randomness(), means.executor(), PATIENCE));
    }

    @Override
    public Answer credential(String target) {
        var renewal = renewals.get(target);
        if (renewal == null) {
            throw new IllegalArgumentException("target: " + target + " (expected: one of " + renewals.keySet() + ")");
        }
        return renewal.answer();
    }

    /** Forgets what has ended and renews what is due, also when nobody asks. To be called every few seconds; does not wait. */
    public void tend() {
        renewals.values().forEach(Renewal::tend);
    }

    private WorkloadCredential exchange(WorkloadTarget target) {
        var id = HexFormat.of().formatHex(randomness.bytes(ID_BYTES));
        var token = new NewToken(target.subject(), List.of(target.exchange().audience()), TOKEN_LIFE, id, Map.of());
        return target.exchange().exchange(signer.sign(token, clock.instant()), client);
    }

    private static String key(WorkloadTarget target) {
        var parts = List.of(
                target.exchange().endpoint().toString(),
                target.exchange().audience(),
                target.subject(),
                target.exchange().purpose());
        return Sha256.ofParts(parts.stream().map(Bytes::utf8).toArray(Bytes[]::new))
                .toHex();
    }
}
