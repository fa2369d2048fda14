package io.triport.identity.workload;

import io.triport.domain.identity.WorkloadCredential;
import io.triport.domain.identity.WorkloadCredentials;
import io.triport.identity.signer.NewToken;
import io.triport.identity.signer.TokenSigner;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Credentials that are got for tokens of our own. Targets that are the same in all but their name share one. Holds them in
 * memory alone. Safe for many threads.
 */
public final class ExchangedCredentials implements WorkloadCredentials {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    private static final int ID_BYTES = 16;

    private final Map<String, WorkloadTarget> named;
    private final ConcurrentHashMap<String, Renewal> renewals = new ConcurrentHashMap<>();
    private final TokenSigner signer;
    private final StsClient client;
    private final Renewal.Means means;

    ExchangedCredentials(Map<String, WorkloadTarget> named, TokenSigner signer, StsClient client, Renewal.Means means) {
        this.named = Map.copyOf(named);
        this.signer = signer;
        this.client = client;
        this.means = means;
    }

    /** @param targets by name */
    public static ExchangedCredentials of(
            Map<String, WorkloadTarget> targets, TokenSigner signer, WorkloadMeans means) {
        return of(targets, signer, means, RenewalRules.EARLY, outcome -> {});
    }

    /**
     * @param targets by name
     * @param told how each exchange ended
     */
    public static ExchangedCredentials of(
            Map<String, WorkloadTarget> targets,
            TokenSigner signer,
            WorkloadMeans means,
            RenewalRules rules,
            Consumer<ExchangeOutcome> told) {
        return new ExchangedCredentials(
                targets,
                signer,
                new StsClient(means.clock()),
                new Renewal.Means(means.clock(), means.ticker(), means.randomness(), means.executor(), rules, told));
    }

    @Override
    public Answer credential(String target) {
        var known = named.get(target);
        if (known == null) {
            throw new IllegalArgumentException("target: " + target + " (expected: one of " + named.keySet() + ")");
        }
        return credential(target, known);
    }

    /** The credential for a target that may be new. There are as many of them as the caller has. @param name for the log */
    public Answer credential(String name, WorkloadTarget target) {
        return renewals.computeIfAbsent(target.key(), key -> new Renewal(name, () -> exchange(target), means))
                .answer();
    }

    /** Forgets what has ended and renews what is due, also when nobody asks. To be called every few seconds; does not wait. */
    public void tend() {
        named.forEach((name, target) ->
                renewals.computeIfAbsent(target.key(), key -> new Renewal(name, () -> exchange(target), means)));
        renewals.values().forEach(Renewal::tend);
    }

    private WorkloadCredential exchange(WorkloadTarget target) {
        var id = HexFormat.of().formatHex(means.randomness().bytes(ID_BYTES));
        var token =
                new NewToken(target.subject(), List.of(target.exchange().audience()), TOKEN_LIFE, id, target.more());
        return target.exchange().exchange(signer.sign(token, means.clock().instant()), client);
    }
}
