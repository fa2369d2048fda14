package io.triport.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many connections are used and kept. */
@Timeout(60)
final class ConnectionLevelsTest {
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void a_connection_is_busy_until_its_answer_is_whole_and_kept_after_that() throws IOException {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var connections = Connections.start("levels-test", Ticker.system())) {
            Thread.startVirtualThread(() -> serve(server));
            assertThat(connections.busy()).isZero();

            var whole = new CompletableFuture<Boolean>();
            var address = new Address(false, "127.0.0.1", server.getLocalPort());
            connections.send(new Call(address, "GET", "/", List.of(Map.entry("host", "a"))), reading(whole));
            assertThat(connections.busy()).isEqualTo(1);
            assertThat(connections.idle()).isZero();
            released.countDown();
            whole.join();

            while (connections.idle() != 1) {
                Thread.onSpinWait();
            }
            assertThat(connections.busy()).isZero();
            assertThat(connections.waiting()).isZero();
        }
    }

    private void serve(ServerSocket server) {
        try (var socket = server.accept()) {
            for (var seen = 0; seen != 0x0D0A0D0A; ) {
                seen = seen << 8 | socket.getInputStream().read();
            }
            released.await();
            var answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().read();
        } catch (IOException e) {
            // The test is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reception reading(CompletableFuture<Boolean> whole) {
        return new Reception() {
            @Override
            public void answered(Head head, Incoming body) {
                body.subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(ByteBuffer piece) {
                        assertThat(piece.hasRemaining()).isTrue();
                    }

                    @Override
                    public void onError(Throwable cause) {
                        whole.completeExceptionally(cause);
                    }

                    @Override
                    public void onComplete() {
                        whole.complete(true);
                    }
                });
            }

            @Override
            public void failed(Throwable cause) {
                whole.completeExceptionally(cause);
            }
        };
    }
}
