package io.triport.manager.credential;

import io.triport.domain.identity.Scope;
import io.triport.identity.apikey.ApiKeySettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How API keys are made.
 *
 * @param settings null where there is no pepper to hash them with
 * @param bootstrap what the token for the beginning opens; nothing where there is none
 */
public record KeyIssue(@Nullable ApiKeySettings settings, Set<Scope> bootstrap) {
    public KeyIssue {
        bootstrap = Set.copyOf(bootstrap);
    }
}
