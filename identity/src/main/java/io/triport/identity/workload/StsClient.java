package io.triport.identity.workload;

import io.triport.domain.request.Bytes;
import io.triport.identity.outbound.Asking;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Speaks to a security token service: one POST, a bounded answer in a bounded time, and no redirects. Safe for many threads. */
public final class StsClient {
    private static final Duration TOTAL = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 65_536;

    private final Asking asking;
    private final Clock clock;

    public StsClient(Clock clock) {
        this(clock, TOTAL);
    }

    /** @param total for a whole answer */
    StsClient(Clock clock, Duration total) {
        this.asking = new Asking(MOST_BYTES, total);
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** @param status of HTTP */
    record Answer(int status, Bytes body) {}

    /** @throws ExchangeFailed when there is no answer within the bounds */
    Answer postForm(URI url, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/xml, application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** @throws ExchangeFailed when there is no answer within the bounds */
    Answer postJson(URI url, String bearer, String json) {
        return send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + bearer)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private Answer send(HttpRequest.Builder request) {
        return switch (asking.send(request)) {
            case Asking.Answer.Received received -> new Answer(received.status(), received.body());
            case Asking.Answer.Failed failed -> throw new ExchangeFailed("no answer: " + failed.why());
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
