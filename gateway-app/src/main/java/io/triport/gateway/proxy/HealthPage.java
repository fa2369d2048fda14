package io.triport.gateway.proxy;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.request.Fetch;
import io.triport.identity.page.OwnPages;
import io.triport.identity.page.PageAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Tells that the gateway listens, to everybody. */
final class HealthPage implements OwnPages {
    @Override
    public Set<String> paths() {
        return Set.of("/health");
    }

    @Override
    public PageAnswer answer(Fetch request, Instant now) {
        return switch (request.method().text()) {
            case "GET", "HEAD" -> new PageAnswer.Document("{\"status\":\"ok\"}", Duration.ZERO);
            default -> new PageAnswer.OtherMethod("GET, HEAD");
        };
    }

    @Override
    public boolean quick() {
        return true;
    }

    @Override
    public Optional<MechanismName> verifier() {
        return Optional.empty();
    }
}
