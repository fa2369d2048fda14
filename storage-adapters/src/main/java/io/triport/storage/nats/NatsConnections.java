package io.triport.storage.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.QueueServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Makes connections to a server, or to one of a cluster. They do not reconnect by themselves: a client that does sends again what was under
 * way, when nobody waits for it any more.
 */
final class NatsConnections {
    private static final int LEAST_PAYLOAD = 1 << 20;

    private final QueueServer server;
    private final SSLContext tls;
    private final Duration patience;

    NatsConnections(QueueServer server, SSLContext tls, Duration patience) {
        this.server = server;
        this.tls = tls;
        this.patience = patience;
    }

    /**
     * @throws StorageFailure.Unavailable where there is none, or the server does not know us
     * @throws StorageFailure.Rejected UNSUPPORTED for one that does not take what units write
     */
    Connection connect() {
        try {
            var connection = Nats.connect(options());
            var most = connection.getServerInfo().getMaxPayload();
            if (most < LEAST_PAYLOAD) {
                connection.close();
                throw new StorageFailure.Rejected(
                        FailureCode.UNSUPPORTED, "nats: max_payload " + most + " (expected: 1MB or more)");
            }
            return connection;
        } catch (AuthenticationException e) {
            throw new StorageFailure.Unavailable(
                    FailureCode.BACKEND_AUTHENTICATION, "nats: the server does not know us", e);
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "nats: no connection", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "nats: interrupted", e);
        }
    }

    private Options options() {
        var options = new Options.Builder()
                .server(server.address())
                .connectionName("triport")
                .connectionTimeout(patience)
                .noReconnect()
                .reportNoResponders()
                // What it would log is told by failures.
                .errorListener(new ErrorListener() {});
        if (server.address().contains("tls://")) {
            options.sslContext(tls);
        }
        var password = server.password().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (!server.user().isEmpty()) {
            options.userInfo(server.user().toCharArray(), password.toCharArray());
        } else if (!password.isEmpty()) {
            options.token(password.toCharArray());
        }
        return options.build();
    }
}
