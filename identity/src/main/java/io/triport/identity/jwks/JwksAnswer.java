package io.triport.identity.jwks;

import io.triport.domain.request.Bytes;
import java.time.Duration;

/** What came of a fetch. */
public sealed interface JwksAnswer {
    /** @param fresh how long the server says that it may be kept, within our bounds */
    record Fetched(Bytes body, Duration fresh) implements JwksAnswer {}

    /** @param why for the log; nothing that a stranger wrote */
    record Failed(String why) implements JwksAnswer {}
}
