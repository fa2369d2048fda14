package io.triport.identity.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.identity.edge.EdgeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The management port: answers about the app, and the few things that change it. A small server of its own with threads of its
 * own, so that it answers however busy the app is. What only tells is public by this list; what changes something needs an
 * identity. The port is on loopback unless configured.
 */
final class ManagementServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int BACKLOG = 64;
    private static final int NO_BODY = -1;
    private static final int UNAUTHENTICATED = 401;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("management-", 0).daemon().factory());

    /** @param pages by path. @throws IOException when the port is taken */
    ManagementServer(EdgeSettings.Listener listener, Map<String, Supplier<Page>> pages, ManagementActions actions)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(listener.address(), listener.port()), BACKLOG);
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, pages, actions));
    }

    void start() {
        server.start();
    }

    private static void answer(HttpExchange exchange, Map<String, Supplier<Page>> pages, ManagementActions actions)
            throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            var path = exchange.getRequestURI().getRawPath();
            var page = pages.get(path);
            if (actions.knows(path) && method.equals("POST")) {
                write(exchange, actions.answer(exchange));
            } else if (actions.knows(path)) {
                exchange.getResponseHeaders().set("Allow", "POST");
                write(exchange, Page.said(405, "method not allowed"));
            } else if (page == null) {
                write(exchange, Page.said(404, "not found"));
            } else if (method.equals("GET") || method.equals("HEAD")) {
                write(exchange, page.get());
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                write(exchange, Page.said(405, "method not allowed"));
            }
        }
    }

    private static void write(HttpExchange exchange, Page page) throws IOException {
        var body = page.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", page.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (page.status() == UNAUTHENTICATED) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"management\"");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(page.status(), NO_BODY);
        } else {
            exchange.sendResponseHeaders(page.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
