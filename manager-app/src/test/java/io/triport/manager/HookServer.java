package io.triport.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody who is told, on a free port, and who answers as the test says. */
final class HookServer implements AutoCloseable {
    private static final long HANGS_AFTER_SECONDS = 60;

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final HttpServer server;

    record Told(String path, Map<String, List<String>> headers, Bytes body) {
        String header(String name) {
            return String.join(",", headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()));
        }

        JsonNode json() {
            return Json.parse(body);
        }
    }

    HookServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, List<String>>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
            var body = Bytes.copyOf(exchange.getRequestBody().readAllBytes());
            var status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
            told.add(new Told(exchange.getRequestURI().toString(), headers, body));
        }
    }

    /** The statuses of the next answers; those after them are 204. */
    void answers(int... statuses) {
        for (var status : statuses) {
            answers.add(status);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b";
    }

    Told next() {
        try {
            var next = told.poll(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was told");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    boolean toldMore() {
        return !told.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
