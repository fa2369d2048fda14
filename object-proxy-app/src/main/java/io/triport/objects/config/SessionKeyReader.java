package io.triport.objects.config;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.sts.SessionKey;
import io.triport.identity.sts.SessionKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;

/** Reads the keys that sessions are sealed with: those of the file, or of {@code SESSION_TOKEN_KEY}. */
public final class SessionKeyReader {
    private static final String VARIABLE = "SESSION_TOKEN_KEY";
    private static final String KEYS = "session_token_keys";
    private static final Value<String> KID = Value.matching("[A-Za-z0-9_-]{1,32}", "1..32 letters, digits, - and _");

    private SessionKeyReader() {}

    /** @throws ConfigError for keys that cannot be used, and for both at once */
    public static Optional<SessionKeys> read(Section root, Sources sources, ProviderReader.Form form) {
        var inFile = root.sections(KEYS, "key");
        var variable = sources.variable(VARIABLE);
        if (variable.isPresent() && !inFile.isEmpty()) {
            throw root.error(KEYS, "keys here and in " + VARIABLE, "one of the two");
        }
        if (variable.isPresent()) {
            try {
                return Optional.of(SessionKeys.parse(variable.get()));
            } catch (InvalidInput e) {
                throw new ConfigError("environment " + VARIABLE, VARIABLE, "(secret)", e.expectation());
            }
        }
        var keys = new ArrayList<SessionKey>();
        for (var section : inFile) {
            keys.add(key(section, form));
        }
        try {
            return keys.isEmpty() ? Optional.empty() : Optional.of(new SessionKeys(keys));
        } catch (InvalidInput e) {
            throw root.error(KEYS, keys.toString(), e.expectation());
        }
    }

    private static SessionKey key(Section section, ProviderReader.Form form) {
        var kid = section.optional("kid", KID, "Its name in tokens; else made of its hash.");
        var secret = CredentialReader.secret(section, form, "key", "32 bytes in base64.");
        try {
            var text = text(secret);
            return kid.isPresent() ? SessionKey.of(kid.get(), text) : SessionKey.of(text);
        } catch (InvalidInput e) {
            throw section.error("key", "(secret)", e.expectation());
        }
    }

    private static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
