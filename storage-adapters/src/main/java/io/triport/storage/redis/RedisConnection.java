package io.triport.storage.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.StorageSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one server, made when it is first needed, which many threads use at once. The monitor guards the attempt at one.
 *
 * <p>The client waits without end for a connection to open or to close; nobody waits longer here than {@link #LONGEST}, whatever
 * became of it.
 */
final class RedisConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final Duration TO_CONNECT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final byte[] CERTIFICATE = CacheKeys.bytes("-----BEGIN CERTIFICATE-----\r\n");
    private static final byte[] END_OF_CERTIFICATE = CacheKeys.bytes("\r\n-----END CERTIFICATE-----\r\n");

    /** What becomes of a connection that was cut. */
    enum Lost {
        /** By the client, which sends again what was under way. */
        MADE_AGAIN,
        /** By the next who asks. */
        LEFT
    }

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI server;
    private final Lost lost;
    private @Nullable FutureTask<StatefulRedisConnection<byte[], byte[]>> attempt;
    private boolean closed;

    private RedisConnection(ClientResources resources, RedisClient client, RedisURI server, Lost lost) {
        this.resources = resources;
        this.client = client;
        this.server = server;
        this.lost = lost;
    }

    /** @param patience how long a command waits for its answer */
    static RedisConnection to(StorageSettings.Redis server, Duration patience, Lost lost) {
        var uri = RedisURI.create(server.address());
        uri.setTimeout(patience);
        if (server.password().size() > 0) {
            var password = server.password().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
            uri.setCredentialsProvider(RedisCredentialsProvider.from(() -> RedisCredentials.just(null, password)));
        }
        var resources = DefaultClientResources.create();
        var client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                // Commands that wait for a connection would be answered when nobody asks any more.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(TO_CONNECT).build())
                .timeoutOptions(TimeoutOptions.enabled(patience))
                .sslOptions(tls(server.authorities()))
                .autoReconnect(lost == Lost.MADE_AGAIN)
                .build());
        return new RedisConnection(resources, client, uri, lost);
    }

    private static SslOptions tls(List<X509Certificate> authorities) {
        var tls = SslOptions.builder().jdkSslProvider().handshakeTimeout(TO_CONNECT);
        if (!authorities.isEmpty()) {
            tls.trustManager(() -> new ByteArrayInputStream(pem(authorities)));
        }
        return tls.build();
    }

    private static byte[] pem(List<X509Certificate> certificates) throws IOException {
        var written = new ByteArrayOutputStream();
        try {
            for (var certificate : certificates) {
                written.writeBytes(CERTIFICATE);
                written.writeBytes(Base64.getMimeEncoder().encode(certificate.getEncoded()));
                written.writeBytes(END_OF_CERTIFICATE);
            }
            return written.toByteArray();
        } catch (CertificateEncodingException e) {
            throw new IOException("a certificate that was read cannot be written", e);
        }
    }

    /** @throws io.lettuce.core.RedisException where there is no connection */
    RedisCommands<byte[], byte[]> commands() {
        return commands(fresh -> {});
    }

    /**
     * All who wait for a connection wait for the same attempt, and not one after the other.
     *
     * @param check looks at a fresh connection, which is closed if this throws
     * @throws io.lettuce.core.RedisException where there is no connection
     */
    RedisCommands<byte[], byte[]> commands(Consumer<RedisCommands<byte[], byte[]>> check) {
        var current = attempt(check);
        // Does nothing where another one does it, or has done it.
        current.run();
        try {
            return current.get().sync();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            client.shutdownAsync(0, TO_CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                    .get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("redis connection left open reason={}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Ends the threads, and whatever connection they still had.
            resources
                    .shutdown(0, TO_CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized FutureTask<StatefulRedisConnection<byte[], byte[]>> attempt(
            Consumer<RedisCommands<byte[], byte[]>> check) {
        if (closed) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "redis: closed");
        }
        var last = attempt;
        if (last == null || isOver(last)) {
            last = new FutureTask<>(() -> open(check));
            attempt = last;
        }
        return last;
    }

    private boolean isOver(FutureTask<StatefulRedisConnection<byte[], byte[]>> last) {
        return switch (last.state()) {
            case RUNNING -> false;
            case SUCCESS -> lost == Lost.LEFT && !last.resultNow().isOpen();
            case FAILED, CANCELLED -> true;
        };
    }

    private StatefulRedisConnection<byte[], byte[]> open(Consumer<RedisCommands<byte[], byte[]>> check) {
        var fresh = connected();
        var fit = false;
        try {
            check.accept(fresh.sync());
            fit = true;
            return fresh;
        } finally {
            if (!fit) {
                fresh.closeAsync();
            }
        }
    }

    private StatefulRedisConnection<byte[], byte[]> connected() {
        var connecting = client.connectAsync(ByteArrayCodec.INSTANCE, server);
        try {
            return connecting.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new RedisConnectionException("no connection", e.getCause());
        } catch (TimeoutException e) {
            connecting.cancel(true);
            throw new RedisConnectionException("no connection in " + LONGEST, e);
        } catch (InterruptedException e) {
            connecting.cancel(true);
            throw interrupted(e);
        }
    }

    private static StorageFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "redis: interrupted", e);
    }
}
