package io.triport.e2e.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.triport.e2e.AppProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Clients that number their requests, and remember those whose answer came to its end. */
final class Answered {
    private final Queue<String> paths = new ConcurrentLinkedQueue<>();

    /** In the order of their answers. */
    List<String> paths() {
        return List.copyOf(paths);
    }

    /** Sends from so many clients until enough is answered, and then kills the node. @param round makes paths its own */
    void untilKilled(AppProcess node, String round, int clients, int enough) {
        var address = node.address();
        var left = new CountDownLatch(enough);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client = 0; client < clients; client++) {
                var name = "/" + round + "/c" + client + "/";
                executor.submit(() -> send(address, name, left));
            }
            io.triport.e2e.kv.Within.reason("answers", () -> left.getCount() == 0);
            node.kill();
        }
    }

    private void send(URI address, String name, CountDownLatch left) {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            for (var number = 0; ; number++) {
                var path = name + number;
                socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(US_ASCII));
                if (!answered(socket)) {
                    return;
                }
                paths.add(path);
                left.countDown();
            }
        } catch (IOException e) {
            // It was killed, which is what this waits for.
        }
    }

    /** Whether all of it came, and it was good. */
    static boolean answered(Socket socket) throws IOException {
        return status(socket) == 200;
    }

    /** Of the next answer, 0 for none that is whole. */
    static int status(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                return 0;
            }
            head.append((char) next);
        }
        var text = head.toString().toLowerCase(Locale.ROOT);
        var at = text.indexOf("content-length: ") + "content-length: ".length();
        var length = Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
        return socket.getInputStream().readNBytes(length).length == length
                ? Integer.parseInt(text.substring("http/1.1 ".length(), "http/1.1 200".length()))
                : 0;
    }
}
