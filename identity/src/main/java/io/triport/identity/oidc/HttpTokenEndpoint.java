package io.triport.identity.oidc;

import io.triport.identity.outbound.Asking;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** By HTTP: 2 s to connect and 5 s in all, 64 KiB, no redirects, and never at a link-local address. */
public final class HttpTokenEndpoint implements TokenEndpoint {
    private static final Duration TOTAL = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 65_536;

    private final Asking asking = new Asking(MOST_BYTES, TOTAL);

    @Override
    public Optional<Reply> post(URI url, String authorization, String form) {
        var request = HttpRequest.newBuilder(url)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return asking.send(request) instanceof Asking.Answer.Received received
                ? Optional.of(new Reply(received.status(), received.body()))
                : Optional.empty();
    }
}
