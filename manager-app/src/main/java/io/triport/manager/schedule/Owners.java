package io.triport.manager.schedule;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.apikey.ApiKeyId;
import io.triport.identity.apikey.ApiKeyService;
import io.triport.identity.launch.Desks;
import io.triport.manager.access.Caller;
import io.triport.manager.access.GrantBook;
import io.triport.manager.access.Standing;
import io.triport.manager.credential.KeyIssue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows what owners of schedules may do at the moment, while they are not here to prove who they are. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class Owners {
    private static final String BOOTSTRAP = "key:bootstrap";

    private final GrantBook grants;
    private final KeyIssue issue;
    private final @Nullable ApiKeyService keys;
    private final Clock clock;

    Owners(GrantBook grants, KeyIssue issue, Desks desks, Clock clock) {
        this.grants = grants;
        this.issue = issue;
        this.keys = issue.settings() == null ? null : desks.apiKeys(issue.settings());
        this.clock = clock;
    }

    /** Empty for one who may do nothing any more. */
    Optional<Caller> present(Owner owner) {
        var standing = owner.standing();
        if (!holds(standing)) {
            return Optional.empty();
        }
        var rights = grants.rights(standing);
        return rights.all().isEmpty() ? Optional.empty() : Optional.of(new Caller(standing, rights));
    }

    /** Whether his key, where he has one, is still good. */
    private boolean holds(Standing standing) {
        if (standing.key().isEmpty()) {
            return !standing.user().equals(BOOTSTRAP) || !issue.bootstrap().isEmpty();
        }
        if (keys == null) {
            return false;
        }
        try {
            return keys.find(new ApiKeyId(standing.key()))
                    .filter(key -> key.disabledAt().equals(Instant.MAX)
                            && clock.instant().isBefore(key.expiresAt()))
                    .isPresent();
        } catch (InvalidInput e) {
            return false;
        }
    }
}
