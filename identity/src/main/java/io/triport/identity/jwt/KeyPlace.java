package io.triport.identity.jwt;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.KeyFile;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwks.JwksSettings;
import io.triport.identity.jwks.PublishedKeys;
import java.util.Set;

/** Where the keys are that check tokens. */
public sealed interface KeyPlace {
    /** The keys. Those of a URL begin to be fetched. */
    KeySource open(Set<JwsAlgorithm> algorithms, PublishedKeys.Surroundings surroundings);

    /** Shared with the issuer; whoever has it can make tokens. */
    record Shared(Secret secret) implements KeyPlace {
        @Override
        public KeySource open(Set<JwsAlgorithm> algorithms, PublishedKeys.Surroundings surroundings) {
            return FixedKeys.of(JwsKey.secret(secret, algorithms));
        }
    }

    /** Under a URL of the issuer. */
    record Published(JwksSettings settings) implements KeyPlace {
        @Override
        public KeySource open(Set<JwsAlgorithm> algorithms, PublishedKeys.Surroundings surroundings) {
            return new PublishedKeys(settings, surroundings);
        }
    }

    /** Public keys of a file. @param content PEM, a JWK, or a set of them */
    record Listed(Bytes content) implements KeyPlace {
        @Override
        public KeySource open(Set<JwsAlgorithm> algorithms, PublishedKeys.Surroundings surroundings) {
            return new FixedKeys(KeyFile.read(content, surroundings.engine()));
        }
    }
}
