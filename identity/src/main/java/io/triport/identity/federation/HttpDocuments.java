package io.triport.identity.federation;

import io.triport.domain.request.Bytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Documents by HTTP: 2 s to connect and 5 s in all, 256 KiB, no redirects, status 200. */
public final class HttpDocuments implements DocumentSource {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** The time is that of the whole answer: the client's own timeout ends with the headers. */
    @Override
    public Optional<Bytes> fetch(URI url) {
        var request = HttpRequest.newBuilder(url)
                .timeout(TOTAL)
                .header("Accept", "application/json")
                .build();
        var bounded = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES);
        var answer = http.sendAsync(request, bounded);
        try {
            var response = answer.get(TOTAL.toMillis(), TimeUnit.MILLISECONDS);
            return response.statusCode() == OK ? Optional.of(Bytes.copyOf(response.body())) : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }
}
