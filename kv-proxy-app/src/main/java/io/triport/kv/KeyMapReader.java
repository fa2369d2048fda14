package io.triport.kv;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.Allowance;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.hmac.HmacSecret;
import io.triport.identity.hmac.KeyId;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.hmac.SigningKey;
import io.triport.kv.AllowanceReader.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads keys with what they open, from the file's section or from a variable in the documented form of the key map. */
final class KeyMapReader {
    private final AllowanceReader allowances;
    private final List<String> warnings = new ArrayList<>();

    KeyMapReader(StoredNames names) {
        this.allowances = new AllowanceReader(names, this::warn);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    /** The keys of the file's form: kebab case, secrets by reference. */
    Map<KeyId, SigningKey> fromFile(Section kv) {
        var keys = kv.section("keys");
        return keys(keys, keys.each(section -> key(keys, section, Form.FILE)));
    }

    /** The keys of {@code ZT_KEYS_JSON}: camel case, secrets written out, because the variable is one itself. */
    Map<KeyId, SigningKey> fromVariable(Section map) {
        return keys(map, map.each(section -> key(map, section, Form.VARIABLE)));
    }

    KeyRing.Named ring(Map<KeyId, SigningKey> keys, Section where) {
        try {
            return new KeyRing.Named(keys);
        } catch (IllegalArgumentException e) {
            throw new ConfigError(where.origin(), where.key(), String.valueOf(e.getMessage()), "each secret once");
        }
    }

    HmacSecret secret(Section section, String name, String id, String text) {
        try {
            var secret = HmacSecret.of(text);
            if (secret.weak()) {
                warnings.add("secret of key " + id + " is shorter than " + HmacSecret.STRONG_BYTES + " bytes");
            }
            return secret;
        } catch (InvalidInput e) {
            throw section.error(name, "(not shown)", String.valueOf(e.getMessage()));
        }
    }

    /** Ids are compared in lower case, so two that differ in nothing else are one id with two meanings. */
    private static Map<KeyId, SigningKey> keys(Section section, Map<String, SigningKey> read) {
        var keys = new LinkedHashMap<KeyId, SigningKey>();
        read.forEach((id, key) -> {
            if (keys.put(id(section, id), key) != null) {
                throw section.error(
                        id, "another spelling of a key id above", "each key id once, without regard to case");
            }
        });
        return keys;
    }

    private static KeyId id(Section section, String id) {
        try {
            return new KeyId(id);
        } catch (InvalidInput e) {
            throw section.error(id, "not a key id", "1..128 characters, no control characters");
        }
    }

    private SigningKey key(Section all, Section section, Form form) {
        var id = id(all, section.name()).text();
        var allowance = allowances.read(section, "key " + id, form);
        return new SigningKey(
                new CredentialId(id),
                secrets(section, id, form),
                allowance.scopes(),
                allowance.permissions(),
                allowance.cidrs(),
                allowance.until(),
                allowance.limits());
    }

    /** What a section lets somebody do who comes without such a key. */
    Allowance allowance(Section section, String who) {
        return allowances.read(section, who, Form.FILE);
    }

    private List<HmacSecret> secrets(Section section, String id, Form form) {
        var about = "The key's secret; a second one while it is being replaced.";
        var secrets = switch (form) {
            case FILE ->
                section.secrets("secrets", about).stream()
                        .map(secret -> secret(section, "secrets", id, secret.use(KeyMapReader::text)))
                        .toList();
            case VARIABLE -> {
                var all = new ArrayList<>(section.writtenSecrets("secret", about));
                all.addAll(section.writtenSecrets("secrets", about));
                yield all.stream()
                        .map(secret -> secret(section, "secret", id, secret.use(KeyMapReader::text)))
                        .toList();
            }
        };
        if (secrets.isEmpty() || secrets.size() > 2) {
            throw section.error("secrets", secrets.size() + " secrets", "1, or 2 while a secret is being replaced");
        }
        return secrets;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
