package io.triport.storage.openai;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ServiceAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends requests. Who waits here is interrupted when its time is over, which ends the request as well. */
final class Connector implements AutoCloseable {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** The answer's head is there when this returns. @throws NotConnected where nothing was asked */
    HttpResponse<InputStream> send(HttpRequest request) throws NotConnected {
        requirePossible(request.uri().getHost());
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new NotConnected();
        } catch (IOException e) {
            throw broken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "model server: interrupted");
        }
    }

    /** Without the cause: its message may name the address. */
    static StorageFailure broken(IOException e) {
        return new StorageFailure.Unavailable(
                FailureCode.UNAVAILABLE,
                "model server: broke off (" + e.getClass().getSimpleName() + ")");
    }

    /** No connection could be made. */
    static final class NotConnected extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Clouds keep credentials behind some addresses, and nobody keeps models there. */
    private static void requirePossible(String host) {
        try {
            for (var address : InetAddress.getAllByName(host)) {
                if (!ServiceAddress.possible(address)) {
                    throw new StorageFailure.Unavailable(
                            FailureCode.UNAVAILABLE, "model server: a link-local, multicast or metadata address");
                }
            }
        } catch (UnknownHostException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "model server: no address for the name");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
