package io.triport.identity.oidc;

import io.triport.domain.request.Bytes;
import java.net.URI;
import java.util.Optional;

/** Sends forms to a provider. Safe for many threads. */
@FunctionalInterface
public interface TokenEndpoint {
    /** @param status of HTTP */
    record Reply(int status, Bytes body) {}

    /** The reply; empty when there is none within the bounds. @param authorization the header's value */
    Optional<Reply> post(URI url, String authorization, String form);
}
