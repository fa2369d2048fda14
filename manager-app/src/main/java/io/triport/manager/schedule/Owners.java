package io.triport.manager.schedule;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.apikey.ApiKeyId;
import io.triport.identity.apikey.ApiKeyService;
import io.triport.identity.launch.Desks;
import io.triport.manager.access.Caller;
import io.triport.manager.access.Mechanisms;
import io.triport.manager.access.Roles;
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
    private static final String BOOTSTRAP = "bootstrap";

    private final Roles roles;
    private final KeyIssue issue;
    private final @Nullable ApiKeyService keys;
    private final Clock clock;

    Owners(Roles roles, KeyIssue issue, Desks desks, Clock clock) {
        this.roles = roles;
        this.issue = issue;
        this.keys = issue.settings() == null ? null : desks.apiKeys(issue.settings());
        this.clock = clock;
    }

    /** Somebody who may do something. */
    record Standing(Caller caller, Permissions permissions) {}

    /** Empty for one who may do nothing any more. */
    Optional<Standing> present(Owner owner) {
        var now = clock.instant();
        return current(owner, now).flatMap(known -> {
            var principal = known.principal(now);
            return roles.of(principal)
                    .map(role -> new Standing(new Caller(owner.user(), role), roles.permissions(principal)));
        });
    }

    /** With the scopes that his key has by now; empty where it has ended. */
    private Optional<Owner> current(Owner owner, Instant now) {
        var mechanism = owner.id().mechanism();
        if (!mechanism.equals(Mechanisms.KEYS) && !mechanism.equals(Mechanisms.MAIL_KEYS)) {
            return Optional.of(owner);
        }
        var scopes = owner.credential().text().equals(BOOTSTRAP) ? issue.bootstrap() : scopes(owner, now);
        return scopes.isEmpty() ? Optional.empty() : Optional.of(owner.withScopes(scopes));
    }

    private Set<Scope> scopes(Owner owner, Instant now) {
        if (keys == null) {
            return Set.of();
        }
        try {
            return keys.find(new ApiKeyId(owner.credential().text()))
                    .filter(key -> key.disabledAt().equals(Instant.MAX) && now.isBefore(key.expiresAt()))
                    .map(key -> key.scopes())
                    .orElse(Set.of());
        } catch (InvalidInput e) {
            return Set.of();
        }
    }
}
