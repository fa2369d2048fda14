package io.triport.identity.crl;

import io.triport.domain.request.Bytes;

/** Fetches revocation lists. Safe for many threads. */
@FunctionalInterface
interface CrlClient {
    /** Waits for a bounded time, 10 s at most. */
    Answer fetch(CrlUrl url);

    /** What came of a fetch. */
    sealed interface Answer {
        record Fetched(Bytes body) implements Answer {}

        /** @param why for the log; nothing that a stranger wrote */
        record Failed(String why) implements Answer {}
    }
}
