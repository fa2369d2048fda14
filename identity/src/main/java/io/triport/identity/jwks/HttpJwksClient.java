package io.triport.identity.jwks;

import io.triport.identity.jose.JwkSet;
import io.triport.identity.outbound.Asking;
import java.time.Duration;

/** Fetches over HTTP, follows no redirect, and takes no more bytes and time than a key set may have. */
public final class HttpJwksClient implements JwksClient, AutoCloseable {
    private static final Duration TOTAL = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final Asking asking = new Asking(JwkSet.MOST_BYTES, TOTAL);

    @Override
    public JwksAnswer fetch(JwksUrl url) {
        return switch (asking.get(url.uri(), "application/jwk-set+json, application/json")) {
            case Asking.Answer.Failed(var why) -> new JwksAnswer.Failed(why);
            case Asking.Answer.Received(var status, var body, var cacheControl) ->
                status == OK
                        ? new JwksAnswer.Fetched(body, Freshness.of(cacheControl))
                        : new JwksAnswer.Failed("status " + status);
        };
    }

    @Override
    public void close() {
        asking.close();
    }
}
