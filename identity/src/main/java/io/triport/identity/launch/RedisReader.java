package io.triport.identity.launch;

import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.tls.AuthorityFile;
import java.util.Optional;

/** Reads which server of Redis or Valkey is meant, and how it is spoken to, for any app that has use of one. */
public final class RedisReader {
    private static final String FORM = "rediss?://[^\\s@/]+(/[0-9]+)?";
    private static final String SAID = "redis[s]://host[:port][/database]";
    private static final String UNENCRYPTED = "redis://";

    /** An address, without credentials. */
    public static final Value<String> SERVER = Value.matching(FORM, SAID);

    private RedisReader() {}

    /** An address, or a word for no server. */
    public static Value<String> serverOr(String none) {
        return Value.matching(none + "|" + FORM, none + " or " + SAID);
    }

    /**
     * What stands beside an address: {@code KEY-password} and {@code KEY-ca}.
     *
     * @param key of the address
     * @param server the address; empty where there is none, and nothing may stand beside it
     * @throws io.triport.identity.config.ConfigError for a file that cannot be used, and for what has no server
     */
    public static Optional<StorageSettings.Redis> read(Section section, String key, Optional<String> server) {
        var password = section.secret(key + "-password", "Password of that Redis server, by reference.");
        var authorities = AuthorityFile.read(
                section,
                key + "-ca",
                "PEM file of the authorities one of which has signed that server's certificate, for rediss://; those"
                        + " that Java knows if left out.");
        if (server.isEmpty()) {
            if (password.isPresent()) {
                throw section.error(key + "-password", "a password", "none without a server in " + key);
            }
            if (!authorities.isEmpty()) {
                throw section.error(key + "-ca", "a file", "none without a server in " + key);
            }
            return Optional.empty();
        }
        if (!authorities.isEmpty() && server.get().startsWith(UNENCRYPTED)) {
            throw section.error(key + "-ca", "a file", "none beside redis://, or rediss:// in " + key);
        }
        return Optional.of(new StorageSettings.Redis(server.get(), password.orElse(Secret.of("")), authorities));
    }
}
