package io.triport.kv;

import io.triport.domain.identity.CredentialId;
import io.triport.identity.config.Section;
import io.triport.identity.hmac.KeyId;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.hmac.SigningKey;
import io.triport.identity.launch.DevelopmentSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A key for trying the proxy out, which opens everything. */
record DevelopmentKey(DevelopmentSecret secret) {
    private static final String ID = "dev";

    KeyRing ring(KeyMapReader reader, Section where, List<String> ready) {
        ready.add("key-id=" + ID);
        ready.add("secret-file=" + secret.file());
        var key = new SigningKey(
                new CredentialId(ID),
                List.of(reader.secret(where, "keys", ID, secret.text())),
                AllowanceReader.everyScope(),
                AllowanceReader.everything(),
                List.of(),
                Instant.MAX,
                List.of());
        return new KeyRing.Named(Map.of(new KeyId(ID), key));
    }
}
