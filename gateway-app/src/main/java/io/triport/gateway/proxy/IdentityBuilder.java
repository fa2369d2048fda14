package io.triport.gateway.proxy;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.InvalidInput;
import io.triport.gateway.config.GatewaySettings;
import io.triport.gateway.config.MechanismSettings;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.access.AccessSettings;
import io.triport.identity.config.ConfigError;
import io.triport.identity.launch.Gates;
import io.triport.identity.page.Invitation;
import io.triport.identity.page.OwnPages;
import io.triport.identity.page.Renewal;
import io.triport.identity.signer.SignerPages;
import io.triport.identity.signer.SignerSettings;
import io.triport.identity.signer.TokenSigner;
import java.time.Clock;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds who judges and who signs, keeping what stays as it was. Used by one thread at a time. */
final class IdentityBuilder {
    private final Gates gates;
    private final Clock clock;
    private @Nullable TokenSigner signer;

    /** @param signer null where nothing is signed. @param forbidding mechanisms whose bad credential is answered 403 */
    record Built(
            AccessGate gate, Dialogue dialogue, @Nullable TokenSigner signer, Set<MechanismName> forbidding) {}

    IdentityBuilder(Gates gates, Clock clock) {
        this.gates = gates;
        this.clock = clock;
    }

    /** @throws ConfigError when a key would sign before others could know it */
    Built build(GatewaySettings settings) {
        signer = signer(settings.signer());
        var planned = settings.identity().values().stream()
                .map(MechanismSettings::planned)
                .flatMap(Optional::stream)
                .collect(Collectors.<PlannedMechanism>toSet());
        var gate = gates.over(planned);
        var pages = new HashMap<String, OwnPages>();
        gates.live(OwnPages.class).values().forEach(own -> own.paths().forEach(path -> pages.put(path, own)));
        if (signer != null) {
            var own = new SignerPages(signer);
            own.paths().forEach(path -> pages.put(path, own));
        }
        var health = new HealthPage();
        health.paths().forEach(path -> pages.put(path, health));
        var dialogue = new Dialogue(pages, gates.live(Invitation.class), gates.live(Renewal.class));
        return new Built(gate, dialogue, signer, forbidding(settings));
    }

    /** The one that is at work goes on with the newer keys, so that it minds when they were announced. */
    private @Nullable TokenSigner signer(@Nullable SignerSettings wanted) {
        if (wanted == null) {
            return null;
        }
        if (signer == null || !signer.issuer().equals(wanted.issuer())) {
            return wanted.signer();
        }
        try {
            signer.adopt(wanted.schedule(), clock.instant());
            return signer;
        } catch (InvalidInput e) {
            throw new ConfigError("file", "signer.keys", "a key that would sign too early", e.expectation());
        }
    }

    private static Set<MechanismName> forbidding(GatewaySettings settings) {
        return settings.front().compat().accessStatus()
                ? settings.identity().values().stream()
                        .filter(mechanism -> mechanism.type().equals(AccessSettings.TYPE))
                        .map(MechanismSettings::mechanism)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
