package io.triport.identity.mtls;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.MechanismName;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.crl.PublishedLists;

/** Client certificates as they were set. Two plans are equal when name and settings are. */
public record MtlsPlan(MechanismName name, MtlsSettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        var around = PublishedLists.Surroundings.overHttp(
                state.keys().background(), state.clock(), state.ticker(), state.randomness());
        return new MtlsMechanism(name, settings, settings.trust(around), state.revocations());
    }
}
