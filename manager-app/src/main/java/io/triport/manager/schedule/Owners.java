package io.triport.manager.schedule;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.apikey.ApiKeyId;
import io.triport.identity.apikey.ApiKeyService;
import io.triport.identity.launch.Desks;
import io.triport.manager.access.Caller;
import io.triport.manager.access.GrantBook;
import io.triport.manager.access.Mechanisms;
import io.triport.manager.access.Standing;
import io.triport.manager.credential.KeyIssue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows what owners of schedules may do at the moment, while they are not here to prove who they are. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class Owners {
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
        var now = clock.instant();
        return current(owner, now)
                .map(known -> Standing.of(known.principal(now)))
                .map(standing -> new Caller(standing, grants.rights(standing)))
                .filter(caller -> !caller.rights().all().isEmpty());
    }

    /** With the scopes that his key has by now; empty where it has ended. */
    private Optional<Owner> current(Owner owner, Instant now) {
        var mechanism = owner.id().mechanism();
        var byKey = mechanism.equals(Mechanisms.KEYS) || mechanism.equals(Mechanisms.MAIL_KEYS);
        if (owner.key().isEmpty() && !byKey) {
            return Optional.of(owner);
        }
        var scopes = owner.key().isEmpty() ? issue.bootstrap() : scopes(owner, now);
        return scopes.isEmpty() ? Optional.empty() : Optional.of(owner.withScopes(scopes));
    }

    private Set<Scope> scopes(Owner owner, Instant now) {
        if (keys == null) {
            return Set.of();
        }
        try {
            return keys.find(new ApiKeyId(owner.key()))
                    .filter(key -> key.disabledAt().equals(Instant.MAX) && now.isBefore(key.expiresAt()))
                    .map(key -> key.scopes())
                    .orElse(Set.of());
        } catch (InvalidInput e) {
            return Set.of();
        }
    }
}
