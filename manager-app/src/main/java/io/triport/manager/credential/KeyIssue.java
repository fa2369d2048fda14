package io.triport.manager.credential;

import io.triport.identity.apikey.ApiKeySettings;
import org.jspecify.annotations.Nullable;

/** How API keys are made. @param settings null where there is no pepper to hash them with */
public record KeyIssue(@Nullable ApiKeySettings settings) {}
