package io.triport.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes audit records as log records in JSON (OTLP over HTTP), in the order in which they come. */
final class Collector implements AutoCloseable {
    private static final Pattern PATH =
            Pattern.compile("\"triport\\.audit\\.path\",\\s*\"value\":\\s*\\{\\s*\"stringValue\":\\s*\"([^\"]*)\"");

    private final HttpServer server;
    /** Guarded by itself. */
    private final List<String> paths = new ArrayList<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector listening(int port) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var collector = new Collector(server);
            server.createContext("/", exchange -> {
                collector.take(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(UTF_8));
                exchange.close();
            });
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths of the records that came. */
    List<String> paths() {
        synchronized (paths) {
            return List.copyOf(paths);
        }
    }

    private void take(String json) {
        synchronized (paths) {
            PATH.matcher(json).results().forEach(found -> paths.add(found.group(1)));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
