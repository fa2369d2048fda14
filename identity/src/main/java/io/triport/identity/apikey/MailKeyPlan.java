package io.triport.identity.apikey;

import io.triport.domain.identity.IdentityMechanism;
import io.triport.identity.IdentityState;
import io.triport.identity.PlannedMechanism;

/** API keys in {@code X-Auth-Key} beside {@code X-Auth-Email}, as older clients of Cloudflare's API send them. */
public record MailKeyPlan(ApiKeySettings settings) implements PlannedMechanism {
    @Override
    public IdentityMechanism over(IdentityState state) {
        return ApiKeyMechanism.besideMail(settings, ApiKeyTable.shared(settings, state), state.revocations());
    }
}
