package io.triport.identity.jwks;

import io.triport.domain.request.Bytes;
import io.triport.identity.jose.JwkSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches over HTTP, follows no redirect, and takes no more bytes and time than a key set may have. */
public final class HttpJwksClient implements JwksClient, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public JwksAnswer fetch(JwksUrl url) {
        try {
            if (forbidden(url)) {
                return new JwksAnswer.Failed("the name leads to a link-local or multicast address");
            }
        } catch (UnknownHostException e) {
            return new JwksAnswer.Failed("no address for the name");
        }
        var request = HttpRequest.newBuilder(url.uri())
                .timeout(TOTAL)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        var sent = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), JwkSet.MOST_BYTES));
        try {
            // The request's own timeout ends with the header; a body may drip for ever.
            return read(sent.get(TOTAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            sent.cancel(true);
            return new JwksAnswer.Failed("no answer within " + TOTAL.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new JwksAnswer.Failed(
                    e.getCause() instanceof IOException cause ? cause.getClass().getSimpleName() : "no answer");
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return new JwksAnswer.Failed("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Addresses behind which clouds keep their metadata and nobody keeps keys. */
    private static boolean forbidden(JwksUrl url) throws UnknownHostException {
        for (var address : InetAddress.getAllByName(url.uri().getHost())) {
            if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
                return true;
            }
        }
        return false;
    }

    private static JwksAnswer read(HttpResponse<byte[]> response) {
        return response.statusCode() == OK
                ? new JwksAnswer.Fetched(
                        Bytes.copyOf(response.body()),
                        Freshness.of(String.join(",", response.headers().allValues("cache-control"))))
                : new JwksAnswer.Failed("status " + response.statusCode());
    }
}
