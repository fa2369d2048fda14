package io.triport.identity.keyring;

import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Secrets that count at one moment. The first signs and seals, all verify and open: a new one is put first, and an old one goes
 * when nothing that it signed is valid any more.
 *
 * @param secrets 1 to 8, no two with one id
 */
public record Keyring(List<MasterSecret> secrets) {
    private static final int MOST = 8;

    public Keyring {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty() || secrets.size() > MOST) {
            throw new InvalidInput("keys", "1.." + MOST + " secrets");
        }
        var ids = new HashSet<String>();
        for (var secret : secrets) {
            if (!ids.add(secret.id())) {
                throw new InvalidInput("keys", "secrets that differ");
            }
        }
    }

    public static Keyring of(MasterSecret... secrets) {
        return new Keyring(List.of(secrets));
    }

    /**
     * Reads a list of references to secrets.
     *
     * @throws io.triport.identity.config.ConfigError when it is empty, or one of them is too short or there twice
     */
    public static Keyring read(Section section, String name, String about) {
        var secrets = new ArrayList<MasterSecret>();
        try {
            for (var secret : section.secrets(name, about)) {
                secrets.add(MasterSecret.of(secret));
            }
            return new Keyring(secrets);
        } catch (InvalidInput e) {
            throw section.error(name, secrets.size() + " good ones, then this", e.expectation());
        }
    }

    public MasterSecret first() {
        return secrets.getFirst();
    }

    /** The keys of a purpose by the id of their secret, the one that signs first. */
    public Map<String, MacKey> macs(Purpose purpose) {
        var keys = new LinkedHashMap<String, MacKey>();
        secrets.forEach(secret -> keys.put(secret.id(), secret.mac(purpose)));
        return keys;
    }

    /** The keys of a purpose by the id of their secret, the one that seals first. */
    public Map<String, SealKey> seals(Purpose purpose) {
        var keys = new LinkedHashMap<String, SealKey>();
        secrets.forEach(secret -> keys.put(secret.id(), secret.seal(purpose)));
        return keys;
    }
}
