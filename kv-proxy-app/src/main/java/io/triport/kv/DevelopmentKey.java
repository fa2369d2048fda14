package io.triport.kv;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.time.Randomness;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.hmac.KeyId;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.hmac.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A key for trying the proxy out: made once, kept beside the data for its owner's eyes alone. */
record DevelopmentKey(Path file, String secret) {
    private static final String ID = "dev";

    static DevelopmentKey in(Path directory, Randomness randomness) {
        var file = directory.resolve("dev").resolve("kv-proxy.secret");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                try (var channel = Files.newByteChannel(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
                    channel.write(io.triport.domain.request.Bytes.utf8(KvProxy.freshSecret(randomness))
                            .toByteBuffer());
                }
            }
            return new DevelopmentKey(file, Files.readString(file).strip());
        } catch (IOException e) {
            throw new ConfigError(file.toString(), "development key", "not writable", "a data directory of this user");
        }
    }

    KeyRing ring(KeyMapReader reader, Section where, List<String> ready) {
        ready.add("key-id=" + ID);
        ready.add("secret-file=" + file);
        var key = new SigningKey(
                new CredentialId(ID),
                List.of(reader.secret(where, "keys", ID, secret)),
                KeyMapReader.everyScope(),
                KeyMapReader.everything(),
                List.of(),
                Instant.MAX,
                List.of());
        return new KeyRing.Named(Map.of(new KeyId(ID), key));
    }

    @Override
    public String toString() {
        return "DevelopmentKey[" + file + "]";
    }
}
