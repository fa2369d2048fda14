package io.triport.identity.jwks;

/** Fetches key sets. Safe for many threads. */
@FunctionalInterface
public interface JwksClient {
    /** Waits for a bounded time, 5 s at most. */
    JwksAnswer fetch(JwksUrl url);
}
