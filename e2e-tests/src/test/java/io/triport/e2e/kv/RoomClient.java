package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who talks in a {@link RoomObject}, and keeps count of what the room has to have counted. */
final class RoomClient implements AutoCloseable {
    static final String SECRET = "all-remote-secret-0123456789abcdef-0123456789";

    private static final String ROOMS = "/zin/do/rooms/";
    private static final int OK = 200;
    private static final int AWAY = 503;
    private static final int UNKNOWN = 504;

    /** So that each has rooms that are new. */
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final String rooms = ROOMS + CLIENTS.incrementAndGet() + "-";
    private final WireClient client = new WireClient("all", SECRET);
    private final HttpClient sockets = HttpClient.newHttpClient();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private String room = rooms;

    /** Chooses a room that this node has, since nodes that know each other do not all claim what comes to them first. */
    void enterOneOf(AppProcess node) throws IOException {
        for (var number = 0; ; number++) {
            room = rooms + number + "/";
            if (turn(node, "GET").endsWith(" of " + node.pid())) {
                return;
            }
        }
    }

    /** Its path. */
    String room() {
        return room;
    }

    /** Adds one. @return the number and the process that has the room */
    String add(AppProcess node) throws IOException {
        var said = turn(node, "POST");
        done.incrementAndGet();
        return said;
    }

    /** The number and the process that has the room. */
    String look(AppProcess node) throws IOException {
        return turn(node, "GET");
    }

    /** Adds one if it can be, and may be told that it cannot or that nobody knows. @return whether it was */
    boolean added(AppProcess node) {
        var status = status(node);
        assertThat(status).isIn(OK, AWAY, UNKNOWN);
        (status == UNKNOWN ? unknown : done).addAndGet(status == AWAY ? 0 : 1);
        return status == OK;
    }

    /** That the room has counted what it answered, and nothing that it refused. */
    void assertCounted(AppProcess node) throws IOException {
        var counted = Integer.parseInt(look(node).split(" of ")[0]);
        assertThat(counted).isBetween(done.get(), done.get() + unknown.get());
    }

    WebSocket connect(AppProcess node, Heard heard) {
        var builder = sockets.newWebSocketBuilder();
        client.signMethod("GET", room, "").headers().forEach(builder::header);
        return builder.buildAsync(URI.create("ws://" + node.address().getAuthority() + room), heard)
                .join();
    }

    @Override
    public void close() {
        sockets.shutdownNow();
        client.close();
    }

    private int status(AppProcess node) {
        try {
            return client.send(node.address(), client.signMethod("POST", room, ""))
                    .status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String turn(AppProcess node, String method) throws IOException {
        var answer = client.send(node.address(), client.signMethod(method, room, ""));
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return answer.body();
    }

    /** Keeps what comes. */
    static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return all.take();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            all.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            all.add("closed " + code);
            return null;
        }
    }
}
