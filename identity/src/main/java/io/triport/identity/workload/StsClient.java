package io.triport.identity.workload;

import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Speaks to a security token service: one POST, a bounded answer in a bounded time, and no redirects. Safe for many threads. */
public final class StsClient {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 65_536;

    private final HttpClient http;
    private final Clock clock;
    private final Duration total;

    public StsClient(Clock clock) {
        this(clock, TOTAL);
    }

    /** @param total for a whole answer */
    StsClient(Clock clock, Duration total) {
        this.total = total;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
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

    /** The time is that of the whole answer: the client's own timeout ends with the headers. */
    private Answer send(HttpRequest.Builder request) {
        var bounded = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES);
        var answer = http.sendAsync(request.timeout(total).build(), bounded);
        try {
            var response = answer.get(total.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), Bytes.copyOf(response.body()));
        } catch (ExecutionException e) {
            throw new ExchangeFailed("no answer", e.getCause() instanceof IOException cause ? cause : e);
        } catch (TimeoutException e) {
            throw new ExchangeFailed("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExchangeFailed("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
