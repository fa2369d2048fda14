package io.triport.identity.apikey;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.revocation.RevocationRule;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How API keys are judged.
 *
 * @param name under which routes list the mechanism
 * @param store the set of keys within the credential store; mechanisms with one name share one set
 * @param peppers the first hashes and seals new keys, all verify
 * @param environment what {@code <environment>} of new keys says
 * @param bootstrap tokens that are no keys of the store, none or one, 32 characters or more of any form
 * @param bootstrapScopes what such a token opens
 */
public record ApiKeySettings(
        MechanismName name,
        String store,
        Keyring peppers,
        String environment,
        List<Secret> bootstrap,
        Set<Scope> bootstrapScopes,
        RevocationRule revocation) {
    /** The value of {@code type:} in a configuration. */
    public static final String TYPE = "api-key";

    /** A variable that holds the bootstrap token. */
    public static final String TOKEN_VARIABLE = "TRIPORT_API_TOKEN";

    static final int LEAST_TOKEN = 32;

    private static final String STORE = "[a-z][a-z0-9-]{0,31}";

    /** @throws InvalidInput outside the bounds, and for a token that has the form of a JWT */
    public ApiKeySettings {
        bootstrap = List.copyOf(bootstrap);
        bootstrapScopes = Set.copyOf(bootstrapScopes);
        if (!store.matches(STORE)) {
            throw new InvalidInput("store", "1..32 characters of a-z 0-9 -");
        }
        if (!environment.matches(ApiKey.ENVIRONMENT)) {
            throw new InvalidInput("environment", "1..16 characters of a-z 0-9");
        }
        if (bootstrap.size() > 1 || bootstrap.stream().anyMatch(token -> token.use(ApiKeySettings::unfit))) {
            throw new InvalidInput(
                    "bootstrap token",
                    LEAST_TOKEN + " printable characters or more, none of them blank, and not with two dots as a JWT");
        }
    }

    /** Keys of one store under one pepper, with nothing else set. */
    public static ApiKeySettings of(MechanismName name, String store, Keyring peppers) {
        return new ApiKeySettings(name, store, peppers, "live", List.of(), Set.of(), RevocationRule.SOFT);
    }

    /**
     * Reads one named mechanism.
     *
     * @throws ConfigError for settings that cannot be used
     */
    public static ApiKeySettings read(Section section) {
        var store = section.value(
                "store", Value.matching(STORE, "1..32 characters of a-z 0-9 -"), "api-keys", "the set of keys");
        var peppers = Keyring.read(section, "pepper", "what keys are hashed with; the first is for new ones");
        var environment = section.value(
                "environment",
                Value.matching(ApiKey.ENVIRONMENT, "1..16 characters of a-z 0-9"),
                "live",
                "the second part of new keys");
        var token = section.secret("bootstrapToken", TOKEN_VARIABLE, "a token that is good without any key");
        var scopes =
                section.list("bootstrapScopes", new Value<>("a scope", Scope::new), "what the bootstrap token opens");
        var revocation = RevocationRule.read(section);
        try {
            return new ApiKeySettings(
                    new MechanismName(section.name()),
                    store,
                    peppers,
                    environment,
                    token.stream().toList(),
                    new HashSet<>(scopes),
                    revocation);
        } catch (InvalidInput e) {
            throw section.error("bootstrapToken", "(not shown)", e.expectation());
        }
    }

    private static boolean unfit(byte[] token) {
        var text = new String(token, StandardCharsets.UTF_8);
        return text.length() < LEAST_TOKEN
                || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)
                || Presented.likeJwt(text);
    }
}
