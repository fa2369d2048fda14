package io.triport.storage.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.cursor.Cursor;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Secret;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.KvStart;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.RemoteAccount;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.SeededRandomness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** An account of its own on a free port: the routes of the API, over an engine in memory, with faults on demand. */
final class AccountServer implements AutoCloseable {
    static final String ID = "a".repeat(32);
    static final String TOKEN = "token-of-the-account-0123456789";

    private static final String ROOT = "/client/v4/accounts/" + ID + "/storage/kv/namespaces";

    private final StorageEngine engine;
    private final Clock clock;
    private final HttpServer server;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    /** An answer in place of the true one. @param part of the call's method and path that it is for */
    record Fault(String part, int status, Map<String, String> fields, When when) {
        enum When {
            INSTEAD,
            AFTER
        }

        static Fault of(String part, int status) {
            return new Fault(part, status, Map.of(), When.INSTEAD);
        }
    }

    private record Reply(int status, Map<String, String> fields, Bytes body) {}

    AccountServer(Clock clock) {
        this.clock = clock;
        this.engine = io.triport.storage.memory.Memory.open(clock, new SeededRandomness(7))
                .engine();
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    RemoteAccount account() {
        return new RemoteAccount(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/client/v4"), ID, Secret.of(TOKEN));
    }

    /** What others see and write there. */
    StorageEngine engine() {
        return engine;
    }

    void fail(Fault fault) {
        faults.add(fault);
    }

    void fail(String part, int status, int times) {
        for (var i = 0; i < times; i++) {
            fail(Fault.of(part, status));
        }
    }

    void heal() {
        faults.clear();
    }

    /** Method and path of all calls so far. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = Bytes.copyOf(exchange.getRequestBody().readAllBytes());
            var call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            calls.add(call);
            var fault = faults.stream()
                    .filter(one -> call.contains(one.part))
                    .findFirst()
                    .filter(faults::remove);
            if (fault.isPresent() && fault.get().when == Fault.When.AFTER) {
                answer(exchange, body);
            }
            var reply = fault.map(one -> new Reply(one.status, one.fields, Bytes.EMPTY))
                    .orElseGet(() -> answer(exchange, body));
            reply.fields.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status, reply.body.isEmpty() ? -1 : reply.body.size());
            exchange.getResponseBody().write(reply.body.toByteArray());
        }
    }

    private Reply answer(HttpExchange exchange, Bytes body) {
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (!("Bearer " + TOKEN).equals(authorization)) {
            return error(401, 10_000);
        }
        try {
            var path = exchange.getRequestURI().getRawPath();
            if (!path.startsWith(ROOT)) {
                return error(403, 10_000);
            }
            var query = query(exchange.getRequestURI().getRawQuery());
            var parts = path.substring(ROOT.length()).split("/", 4);
            return parts.length == 1
                    ? all(exchange.getRequestMethod(), query, body)
                    : one(exchange, new NamespaceId(parts[1]), Arrays.copyOfRange(parts, 2, parts.length), query, body);
        } catch (StorageFailure e) {
            return switch (e.code()) {
                case CONFLICT -> error(400, 10_014);
                case NOT_FOUND -> error(404, 10_013);
                case TOO_LARGE -> error(413, 10_028);
                case TTL_TOO_SHORT, EXPIRES_IN_PAST -> error(400, 10_033);
                default -> error(400, 10_001);
            };
        }
    }

    private Reply all(String method, Map<String, String> query, Bytes body) {
        if (method.equals("POST")) {
            return ok(shown(engine.resources().create(title(body))));
        }
        var result = Json.array();
        var perPage = Integer.parseInt(query.getOrDefault("per_page", "20"));
        engine.resources().namespaces().stream()
                .skip((Integer.parseInt(query.getOrDefault("page", "1")) - 1L) * perPage)
                .limit(perPage)
                .forEach(namespace -> result.add(shown(namespace)));
        return ok(result);
    }

    private Reply one(HttpExchange exchange, NamespaceId id, String[] rest, Map<String, String> query, Bytes body) {
        var method = exchange.getRequestMethod();
        var namespace = engine.resources()
                .find(id)
                .orElseThrow(() -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace"));
        if (rest.length == 0) {
            if (method.equals("PUT")) {
                return ok(shown(engine.resources().rename(id, title(body))));
            }
            engine.resources().drop(id);
            return ok(Json.object().nullNode());
        }
        var store = engine.keyValue(namespace.title());
        return switch (rest[0]) {
            case "keys" -> keys(store, query);
            case "bulk" -> bulk(store, method + (rest.length == 1 ? "" : " " + rest[1]), body);
            case "metadata" ->
                entry(store, rest[1]).map(found -> ok(metadata(found))).orElse(error(404, 10_009));
            case "values" ->
                switch (method) {
                    case "GET" ->
                        entry(store, rest[1]).map(AccountServer::value).orElse(error(404, 10_009));
                    case "PUT" -> {
                        var type = exchange.getRequestHeaders()
                                .getOrDefault("Content-Type", List.of(""))
                                .getFirst();
                        store.put(key(rest[1]), sent(type, body).expiring(expiry(query)), KvCondition.ANY);
                        yield ok(Json.object().nullNode());
                    }
                    default -> {
                        store.delete(key(rest[1]));
                        yield ok(Json.object().nullNode());
                    }
                };
            default -> error(404, 7_003);
        };
    }

    private static Reply keys(KeyValueStore store, Map<String, String> query) {
        var limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
        if (limit < 10) {
            return error(400, 10_012);
        }
        var cursor = query.getOrDefault("cursor", "");
        var page = store.list(new KvQuery(
                KeyPrefix.of(query.getOrDefault("prefix", "")),
                cursor.isEmpty() ? KvStart.BEGINNING : new KvStart.At(new Cursor(cursor)),
                limit));
        var result = Json.array();
        for (var listed : page.keys()) {
            var one = result.addObject().put("name", listed.key().text());
            if (listed.expiry() instanceof Expiry.At(var moment)) {
                one.put("expiration", moment.getEpochSecond());
            }
            if (!listed.metadata().isNone()) {
                one.set("metadata", Json.parse(listed.metadata().json()));
            }
        }
        var next = page instanceof KvPage.More more ? more.next().text() : "";
        var info = Json.object().put("count", result.size()).put("cursor", next);
        return reply(
                200,
                Json.object()
                        .put("success", true)
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set("result", result)
                        .set("result_info", info));
    }

    private Reply bulk(KeyValueStore store, String operation, Bytes body) {
        var json = Json.parse(body);
        return switch (operation) {
            case "PUT" -> {
                var pairs = new ArrayList<KvPair>();
                for (var one : json) {
                    var value = Base64.getDecoder().decode(one.path("value").asText());
                    var fields = new HashMap<String, String>();
                    one.properties()
                            .forEach(field ->
                                    fields.put(field.getKey(), field.getValue().asText()));
                    var entry = KvEntry.of(Bytes.copyOf(value)).expiring(expiry(fields));
                    pairs.add(new KvPair(
                            KvKey.of(one.path("key").asText()),
                            one.has("metadata")
                                    ? entry.with(new KvMetadata(Json.bytes(one.path("metadata"))))
                                    : entry));
                }
                yield ok(Json.object()
                        .put("successful_key_count", store.putMany(pairs).done()));
            }
            case "POST delete" -> {
                var names = new ArrayList<KvKey>();
                json.forEach(name -> names.add(KvKey.of(name.asText())));
                yield ok(Json.object()
                        .put("successful_key_count", store.deleteMany(names).done()));
            }
            default -> {
                var names = new ArrayList<KvKey>();
                json.path("keys").forEach(name -> names.add(KvKey.of(name.asText())));
                var found = store.getMany(names, KvRead.FRESH);
                var values = Json.object();
                for (var name : names) {
                    var entry = found.get(name);
                    if (entry == null) {
                        values.putNull(name.text());
                        continue;
                    }
                    var one = values.putObject(name.text());
                    one.put("value", new String(entry.value().toByteArray(), StandardCharsets.UTF_8));
                    one.set("metadata", metadata(entry));
                    if (entry.expiry() instanceof Expiry.At(var moment)) {
                        one.put("expiration", moment.getEpochSecond());
                    }
                }
                yield ok(Json.object().set("values", values));
            }
        };
    }

    private Expiry expiry(Map<String, String> fields) {
        if (fields.containsKey("expiration_ttl")) {
            var seconds = Long.parseLong(fields.get("expiration_ttl"));
            return Expiry.at(clock.instant().plusSeconds(lasting(seconds)));
        }
        if (fields.containsKey("expiration")) {
            var moment = Instant.ofEpochSecond(Long.parseLong(fields.get("expiration")));
            lasting(Duration.between(clock.instant(), moment).toSeconds());
            return Expiry.at(moment);
        }
        return Expiry.NEVER;
    }

    private static long lasting(long seconds) {
        if (seconds < 60) {
            throw new StorageFailure.Rejected(FailureCode.TTL_TOO_SHORT, "expiration");
        }
        return seconds;
    }

    /** Raw, or a form of the two parts that the API has. */
    private static KvEntry sent(String type, Bytes body) {
        if (!type.startsWith("multipart/form-data")) {
            return KvEntry.of(body);
        }
        var boundary = "--" + type.substring(type.indexOf("boundary=") + "boundary=".length());
        var form = new String(body.toByteArray(), StandardCharsets.ISO_8859_1);
        var entry = KvEntry.of("");
        var metadata = KvMetadata.NONE;
        for (var part : form.split(java.util.regex.Pattern.quote(boundary), -1)) {
            var cut = part.indexOf("\r\n\r\n");
            if (cut < 0) {
                continue;
            }
            var content =
                    Bytes.copyOf(part.substring(cut + 4, part.length() - 2).getBytes(StandardCharsets.ISO_8859_1));
            if (part.contains("name=\"metadata\"")) {
                metadata = new KvMetadata(content);
            } else {
                entry = KvEntry.of(content);
            }
        }
        return entry.with(metadata);
    }

    private static Optional<KvEntry> entry(KeyValueStore store, String raw) {
        return store.get(key(raw));
    }

    private static KvKey key(String raw) {
        return KvKey.of(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static Reply value(KvEntry entry) {
        Map<String, String> fields = entry.expiry() instanceof Expiry.At(var moment)
                ? Map.of("expiration", Long.toString(moment.getEpochSecond()))
                : Map.of();
        return new Reply(200, fields, entry.value());
    }

    private static JsonNode metadata(KvEntry entry) {
        return entry.metadata().isNone()
                ? Json.object().nullNode()
                : Json.parse(entry.metadata().json());
    }

    private static JsonNode shown(Namespace namespace) {
        return Json.object()
                .put("id", namespace.id().text())
                .put("title", namespace.title().text())
                .put("supports_url_encoding", true);
    }

    private static NamespaceTitle title(Bytes body) {
        return new NamespaceTitle(Json.parse(body).path("title").asText());
    }

    private static Map<String, String> query(String raw) {
        var query = new HashMap<String, String>();
        if (raw != null) {
            for (var pair : raw.split("&", -1)) {
                var cut = pair.indexOf('=');
                query.put(pair.substring(0, cut), URLDecoder.decode(pair.substring(cut + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static Reply ok(JsonNode result) {
        return reply(200, Json.object().put("success", true).set("result", result));
    }

    private static Reply error(int status, int code) {
        var errors = Json.array();
        errors.addObject().put("code", code).put("message", "told by the account");
        return reply(status, Json.object().put("success", false).set("errors", errors));
    }

    private static Reply reply(int status, JsonNode json) {
        return new Reply(status, Map.of("Content-Type", "application/json"), Json.bytes(json));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
