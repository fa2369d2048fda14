package io.triport.identity.mtls;

import io.triport.domain.request.Bytes;
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

/** Fetches over HTTP, follows no redirect, and takes no more bytes and time than a revocation list may have. */
final class HttpCrlClient implements CrlClient {
    /** A hundred thousand entries, and room. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(10);
    private static final int OK = 200;

    @Override
    public Answer fetch(CrlUrl url) {
        try {
            if (forbidden(url)) {
                return new Answer.Failed("the name leads to a link-local or multicast address");
            }
        } catch (UnknownHostException e) {
            return new Answer.Failed("no address for the name");
        }
        var request = HttpRequest.newBuilder(url.uri())
                .timeout(TOTAL)
                .header("Accept", "application/pkix-crl, application/x-pem-file")
                .build();
        // Of its own for each fetch, which is rare: nobody says when the last one was.
        var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        var sent = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            // The request's own timeout ends with the header; a body may drip for ever.
            return read(sent.get(TOTAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            sent.cancel(true);
            return new Answer.Failed("no answer within " + TOTAL.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Answer.Failed(
                    e.getCause() instanceof IOException cause ? cause.getClass().getSimpleName() : "no answer");
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Failed("interrupted");
        } finally {
            client.shutdownNow();
        }
    }

    /** Addresses behind which clouds keep their metadata and nobody keeps lists. */
    private static boolean forbidden(CrlUrl url) throws UnknownHostException {
        for (var address : InetAddress.getAllByName(url.uri().getHost())) {
            if (address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress()) {
                return true;
            }
        }
        return false;
    }

    private static Answer read(HttpResponse<byte[]> response) {
        return response.statusCode() == OK
                ? new Answer.Fetched(Bytes.copyOf(response.body()))
                : new Answer.Failed("status " + response.statusCode());
    }
}
