package io.triport.identity.jwks;

import io.triport.domain.identity.IdentityMechanism;
import java.util.Optional;

/** A mechanism that judges by keys which somebody may publish under a URL. */
public interface KeyedMechanism extends IdentityMechanism {
    /** What the source of its keys has done and holds; empty where it fetches none. Safe for many threads. */
    Optional<JwksNumbers> keySet();
}
