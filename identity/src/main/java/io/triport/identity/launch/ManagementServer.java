package io.triport.identity.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.request.Bytes;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.edge.EdgeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The management port: answers about the app, and the few things that change it. A small server of its own with threads of its
 * own, so that it answers however busy the app is. What only tells is public by this list; what changes something needs an
 * identity. The port is on loopback unless configured.
 */
final class ManagementServer implements AutoCloseable {
    /*
     * Clients that say nothing
     *
     * The server gives each connection a thread from its first byte on, whatever the client does then. So there is room for many
     * that do nothing, threads come and go with them, and who has not said what he wants after some seconds is hung up on.
     */
    private static final int THREADS = 256;
    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);
    private static final int BACKLOG = 64;
    private static final Map<String, String> PATIENCE = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "60",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "jdk.httpserver.maxConnections", "1024");
    private static final int NO_BODY = -1;
    private static final int UNAUTHENTICATED = 401;
    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final ExecutorService executor = threads();

    /** @param pages by path. @throws IOException when the port is taken */
    ManagementServer(
            EdgeSettings.Listener listener,
            Map<String, Supplier<Page>> pages,
            ManagementActions actions,
            ManagementParts parts)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(listener.address(), listener.port()), BACKLOG);
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, pages, actions, parts));
    }

    /** Bounds what clients may ask of the platform's server; counts only before the first one of the process is made. */
    static void boundClients() {
        PATIENCE.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    private static ExecutorService threads() {
        var threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_THREAD.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("management-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    void start() {
        server.start();
    }

    private static void answer(
            HttpExchange exchange, Map<String, Supplier<Page>> pages, ManagementActions actions, ManagementParts parts)
            throws IOException {
        try (exchange) {
            var method = exchange.getRequestMethod();
            var path = exchange.getRequestURI().getRawPath();
            var page = pages.get(path);
            var part = parts.at(path);
            if (part.isPresent()) {
                write(exchange, parts.answer(exchange, part.get()));
            } else if (actions.knows(path) && method.equals("POST")) {
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
        var answer = new EdgeAnswer(page.status(), page.contentType(), Bytes.utf8(page.text()), Map.of());
        write(
                exchange,
                page.status() == UNAUTHENTICATED
                        ? answer.with("WWW-Authenticate", "Bearer realm=\"management\"")
                        : answer);
    }

    private static void write(HttpExchange exchange, EdgeAnswer answer) throws IOException {
        var fields = exchange.getResponseHeaders();
        fields.set("Cache-Control", "no-store");
        answer.headers().forEach(fields::set);
        if (answer.status() == NO_CONTENT) {
            exchange.sendResponseHeaders(NO_CONTENT, NO_BODY);
            return;
        }
        fields.set("Content-Type", answer.contentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), NO_BODY);
        } else {
            exchange.sendResponseHeaders(answer.status(), answer.body().size());
            exchange.getResponseBody().write(answer.body().toByteArray());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
