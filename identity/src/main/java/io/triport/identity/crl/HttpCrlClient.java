package io.triport.identity.crl;

import io.triport.identity.outbound.Asking;
import java.time.Duration;

/** Fetches over HTTP, follows no redirect, and takes no more bytes and time than a revocation list may have. */
final class HttpCrlClient implements CrlClient {
    /** A hundred thousand entries, and room. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final Duration TOTAL = Duration.ofSeconds(10);
    private static final int OK = 200;

    @Override
    public Answer fetch(CrlUrl url) {
        // Of its own for each fetch, which is rare: nobody says when the last one was.
        try (var asking = new Asking(MOST_BYTES, TOTAL)) {
            return switch (asking.get(url.uri(), "application/pkix-crl, application/x-pem-file")) {
                case Asking.Answer.Failed(var why) -> new Answer.Failed(why);
                case Asking.Answer.Received received ->
                    received.status() == OK
                            ? new Answer.Fetched(received.body())
                            : new Answer.Failed("status " + received.status());
            };
        }
    }
}
