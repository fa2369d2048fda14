package io.triport.identity.outbound;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.ServiceAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks servers over HTTP, whose addresses a configuration or a document of an issuer may name: follows no redirect, connects to no
 * address that is none of a server, and takes no more bytes and time than it was told. Safe for many threads.
 */
public final class Asking implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final int mostBytes;
    private final Duration total;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param mostBytes of an answer's body. @param total time of a whole answer */
    public Asking(int mostBytes, Duration total) {
        this.mostBytes = mostBytes;
        this.total = total;
    }

    /** What came of a request. */
    public sealed interface Answer {
        /** @param cacheControl all fields of this name in one, empty where there are none */
        record Received(int status, Bytes body, String cacheControl) implements Answer {}

        /** @param why for the log; nothing that a stranger wrote */
        record Failed(String why) implements Answer {}
    }

    /** {@code GET}. @param accepted media types. */
    public Answer get(URI url, String accepted) {
        return send(HttpRequest.newBuilder(url).header("Accept", accepted));
    }

    /** Waits for a bounded time. */
    public Answer send(HttpRequest.Builder asked) {
        var request = asked.timeout(total).build();
        try {
            if (forbidden(request.uri().getHost())) {
                return new Answer.Failed("the name leads to a link-local or multicast address");
            }
        } catch (UnknownHostException e) {
            return new Answer.Failed("no address for the name");
        }
        var sent = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes));
        try {
            // The request's own timeout ends with the header; a body may drip for ever.
            return received(sent.get(total.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Answer.Failed("no answer within " + total.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Answer.Failed(
                    e.getCause() instanceof IOException cause ? cause.getClass().getSimpleName() : "no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed("interrupted");
        } finally {
            sent.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Addresses behind which clouds keep their metadata and nobody keeps keys. */
    private static boolean forbidden(String host) throws UnknownHostException {
        for (var address : InetAddress.getAllByName(host)) {
            if (!ServiceAddress.possible(address)) {
                return true;
            }
        }
        return false;
    }

    private static Answer received(HttpResponse<byte[]> response) {
        return new Answer.Received(
                response.statusCode(),
                Bytes.copyOf(response.body()),
                String.join(",", response.headers().allValues("cache-control")));
    }
}
