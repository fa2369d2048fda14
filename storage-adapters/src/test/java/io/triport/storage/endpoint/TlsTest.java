package io.triport.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections under TLS, to a server whose certificate says {@code localhost}. */
@Timeout(60)
final class TlsTest {
    private static final int SIZE = 3_000_000;
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final KeyStore keys;
    private final SSLServerSocket listener;

    TlsTest(@TempDir Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        keys = certified(directory.resolve("keys.p12"));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var server = SSLContext.getInstance("TLS");
        server.init(managers.getKeyManagers(), null, null);
        listener = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        threads.execute(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    @Test
    void a_body_comes_whole_and_the_connection_is_used_again() throws GeneralSecurityException, SSLException {
        try (var connections = Connections.start("tls-test", Ticker.system(), trusting(keys))) {
            assertThat(read(connections, "localhost")).isEqualTo(SIZE);
            assertThat(read(connections, "localhost")).isEqualTo(SIZE);
        }
    }

    @Test
    void a_server_of_another_name_is_not_spoken_to() throws GeneralSecurityException, SSLException {
        try (var connections = Connections.start("tls-test", Ticker.system(), trusting(keys))) {
            assertThatThrownBy(() -> read(connections, "127.0.0.1"))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(NoConnection.class);
        }
    }

    @Test
    void a_server_that_nobody_vouches_for_is_not_spoken_to() {
        try (var connections = Connections.start("tls-test", Ticker.system())) {
            assertThatThrownBy(() -> read(connections, "localhost"))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(NoConnection.class);
        }
    }

    private long read(Connections connections, String host) {
        var counted = new Counted(new CompletableFuture<>());
        var address = new Address(true, host, listener.getLocalPort());
        connections.send(new Call(address, "GET", "/", List.of(Map.entry("host", host))), counted);
        return counted.whole.join();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                var socket = (SSLSocket) listener.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void answer(SSLSocket socket) {
        try (socket) {
            var in = socket.getInputStream();
            while (true) {
                for (var seen = 0; seen != 0x0D0A0D0A; ) {
                    var next = in.read();
                    if (next < 0) {
                        return;
                    }
                    seen = seen << 8 | next;
                }
                var head = "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[SIZE]);
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The client went away, as it does where it does not trust.
        }
    }

    private static SslContext trusting(KeyStore keys) throws GeneralSecurityException, SSLException {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(keys);
        return SslContextBuilder.forClient()
                .trustManager(managers)
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
    }

    private static KeyStore certified(Path file) throws IOException, GeneralSecurityException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        // As a certificate that is trusted, beside the key that it belongs to.
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        keys.setCertificateEntry("trusted", keys.getCertificate("server"));
        return keys;
    }

    private record Counted(CompletableFuture<Long> whole) implements Reception {
        @Override
        public void answered(Head head, Incoming body) {
            body.subscribe(new Flow.Subscriber<>() {
                private long count;
                private Flow.@Nullable Subscription source;

                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    source = subscription;
                    subscription.request(1);
                }

                @Override
                public void onNext(ByteBuffer piece) {
                    count += piece.remaining();
                    if (source != null) {
                        source.request(1);
                    }
                }

                @Override
                public void onError(Throwable cause) {
                    whole.completeExceptionally(cause);
                }

                @Override
                public void onComplete() {
                    whole.complete(count);
                }
            });
        }

        @Override
        public void failed(Throwable cause) {
            whole.completeExceptionally(cause);
        }
    }
}
