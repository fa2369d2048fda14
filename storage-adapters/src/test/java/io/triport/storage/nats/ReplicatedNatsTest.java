package io.triport.storage.nats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Nats;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.QueueServer;
import io.triport.testkit.NatsProcess;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster of three servers, of which one is lost with its disk. */
@Timeout(180)
final class ReplicatedNatsTest {
    private static final String STREAM = "replicated";

    private final List<NatsProcess> servers = new ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(NatsProcess::close);
    }

    @Test
    void what_was_acknowledged_outlives_the_server_that_led_and_its_disk() throws Exception {
        start();
        var addresses = servers.stream().map(NatsProcess::address).collect(Collectors.joining(","));
        var to = new QueueServer(addresses, "", Secret.of(""), STREAM, 3);
        try (var open = NatsFixture.open(to, Duration.ofSeconds(1), SettableClock.anywhere())) {
            var queue = open.queues().queue(QueueDefinition.of(new QueueName("jobs")));
            var sent = new ArrayList<String>();
            assertThat(open.queues().info().durability()).isEqualTo(Durability.REPLICATED);
            for (var number = 0; number < 30; number++) {
                sent.add(sent(queue, "before " + number));
            }

            lose(leader(addresses));
            for (var number = 0; number < 30; number++) {
                sent.add(sent(queue, "after " + number));
            }

            assertThat(found(queue)).containsAll(sent);
        }
    }

    private void start() throws IOException {
        var routes = List.of(freePort(), freePort(), freePort());
        for (var number = 0; number < routes.size(); number++) {
            servers.add(NatsProcess.start(
                    "--server_name",
                    "server-" + number,
                    "--cluster_name",
                    "test",
                    "--cluster",
                    "nats://127.0.0.1:" + routes.get(number),
                    "--routes",
                    routes.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(","))));
        }
    }

    /** Sends until there is an answer: a cluster that elects has none for a while. */
    private static String sent(Queue queue, String text) {
        while (true) {
            try {
                queue.send(Message.text(text));
                return text;
            } catch (StorageFailure.Unavailable e) {
                Thread.onSpinWait();
            }
        }
    }

    private static List<String> found(Queue queue) {
        while (true) {
            try {
                // Those whose answer was lost may be there twice, and still all are.
                return queue.peek(100).stream()
                        .map(peeked -> peeked.delivery().body().toUtf8())
                        .toList();
            } catch (StorageFailure.Unavailable e) {
                Thread.onSpinWait();
            }
        }
    }

    private void lose(int number) {
        servers.remove(number).close();
    }

    private static int leader(String addresses) throws Exception {
        var connection = Nats.connect(addresses);
        try {
            var answer = connection
                    .request("$JS.API.STREAM.INFO." + STREAM, new byte[0])
                    .get(60, TimeUnit.SECONDS);
            var leader = new ObjectMapper()
                    .readTree(answer.getData())
                    .path("cluster")
                    .path("leader")
                    .asText();
            return Integer.parseInt(leader.substring("server-".length()));
        } finally {
            connection.close();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
