package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.kv.ProxyUnderTest.Answer;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonWriter;
import io.triport.testkit.AtOnce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key limited to a prefix meets keys of others, in every namespace and spelling. */
final class PrefixIsolationTest {
    private static final String YAML = """
        triport:
          kv:
            prefix: zin_
            list-limit: 3
            keys:
              all:    {secrets: ["${env:ALL}"], scopes: [kv.get, kv.put, kv.delete, kv.list], namespaces: ["*"], prefixes: [""]}
              app:    {secrets: ["${env:APP}"], scopes: [kv.get, kv.put, kv.delete, kv.list], namespaces: ["*"], prefixes: ["app1:"]}
              accent: {secrets: ["${env:ACCENT}"], scopes: [kv.get, kv.put, kv.delete, kv.list], namespaces: ["*"], prefixes: ["\u00e91:"]}
        """;
    private static final Map<String, String> SECRETS = Map.of(
            "ALL", "ALL-secret-0123456789abcdef-0123456789",
            "APP", "APP-secret-0123456789abcdef-0123456789",
            "ACCENT", "ACCENT-secret-0123456789abcdef-0123456789");
    private static final List<Limited> LIMITED =
            List.of(new Limited("app", "app1:"), new Limited("accent", "\u00e91:"));
    private static final List<String> NAMESPACES =
            List.of("", "CACHE", "OTHER", "CACHE:app1", "app1", "app1:", "zin_", "\u00e91", "e\u03011");
    private static final int WORKERS = 8;
    private static final int PAIRS_OF_A_WORKER = 1_250;
    private static final long SEED = 20_260_101;

    private final StoredNames names = new StoredNames("zin_");
    private final KvWorld untouched = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final CountedEngine engine = CountedEngine.over(untouched.engine());
    private final KvWorld world = untouched.with(engine);
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, SECRETS);

    private record Limited(String id, String prefix) {}

    private record Pair(String namespace, String key) {}

    /** An answer without what differs between requests by their moment, their number, or the age of their connection. */
    private record Seen(int status, Map<String, String> headers, String body) {
        static Seen of(Answer answer) {
            var headers = new TreeMap<>(answer.headers());
            headers.keySet().removeAll(Set.of("date", "x-request-id", "connection"));
            return new Seen(answer.status(), headers, answer.body().toUtf8());
        }
    }

    @BeforeEach
    void make_the_namespaces() {
        for (var namespace : NAMESPACES) {
            untouched.engine().resources().create(title(namespace));
        }
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void of_10_000_foreign_pairs_those_that_exist_are_refused_as_those_that_do_not_and_before_storage() {
        var before = engine.calls().get();

        var seen = AtOnce.run(WORKERS, worker -> () -> visit(LIMITED.get(worker % 2), worker));

        var refusals = seen.stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(refusals).as("seed " + SEED).singleElement().satisfies(refusal -> {
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.body())
                    .isEqualTo("{\"code\":\"PREFIX_DENIED\",\"message\":\"Key prefix not allowed for this key\"}");
        });
        assertThat(engine.calls()).hasValue(before);
    }

    /** Every second pair is stored before it is asked for, and is as it was after. */
    private Set<Seen> visit(Limited limited, int worker) {
        var random = new Random(SEED + worker);
        var foreign = new ForeignKeys(limited.prefix(), random);
        var stored = new HashMap<Pair, Bytes>();
        var seen = new java.util.HashSet<Seen>();
        for (var number = 0; number < PAIRS_OF_A_WORKER; number++) {
            var pair = new Pair(NAMESPACES.get(random.nextInt(NAMESPACES.size())), foreign.next());
            if (number % 2 == 0) {
                var value = new JsonWriter().text(pair.key()).bytes();
                store(pair, value);
                stored.put(pair, value);
            }
            seen.add(Seen.of(ask(limited, pair, random.nextInt(8))));
        }
        stored.forEach((pair, value) -> assertThat(stored(pair)).contains(value));
        return seen;
    }

    private Answer ask(Limited limited, Pair pair, int way) {
        var own = limited.prefix() + "own";
        var key = pair.key();
        return switch (way) {
            case 0 -> post(limited, "get", body(pair).name("key").text(key));
            case 1 ->
                post(
                        limited,
                        "get",
                        body(pair).name("key").text(key).name("type").text("json"));
            case 2 -> post(limited, "put", item(body(pair), key));
            case 3 -> post(limited, "delete", body(pair).name("key").text(key));
            case 4 -> post(limited, "list", body(pair).name("prefix").text(key));
            case 5 -> post(limited, "get-many", keys(body(pair), own, key));
            case 6 -> post(limited, "delete-many", keys(body(pair), own, key));
            default -> {
                var items = body(pair).name("items").beginArray().beginObject();
                item(items, own).endObject().beginObject();
                yield post(limited, "put-many", item(items, key).endObject().endArray());
            }
        };
    }

    @Test
    void a_list_over_all_namespaces_shows_own_names_only_whatever_prefix_is_asked_for() {
        var random = new Random(SEED);
        for (var limited : LIMITED) {
            var foreign = new ForeignKeys(limited.prefix(), random);
            for (var namespace : NAMESPACES) {
                for (var number = 0; number < 5; number++) {
                    store(new Pair(namespace, foreign.next()), Bytes.utf8("1"));
                    store(new Pair(namespace, limited.prefix() + number), Bytes.utf8("1"));
                }
            }
        }
        for (var limited : LIMITED) {
            var own = NAMESPACES.stream()
                    .flatMap(namespace -> IntStream.range(0, 5)
                            .mapToObj(number -> names.name(title(namespace), KvKey.of(limited.prefix() + number))))
                    .collect(Collectors.toCollection(TreeSet::new));
            var asked = new ArrayList<>(NAMESPACES);
            asked.add(limited.prefix());
            NAMESPACES.forEach(namespace -> asked.add(namespace + ":" + limited.prefix()));
            NAMESPACES.forEach(namespace -> asked.add(namespace + ":" + limited.prefix() + "1"));
            for (var number = 0; number < 100; number++) {
                asked.add(new ForeignKeys(limited.prefix(), random).next());
            }
            var shown = new TreeSet<String>();
            for (var prefix : asked) {
                shown.addAll(listed(limited, prefix));
            }

            assertThat(shown).isEqualTo(own);
        }
    }

    /** The names of all pages; none where the list is refused. */
    private List<String> listed(Limited limited, String prefix) {
        var shown = new ArrayList<String>();
        var cursor = Optional.<String>empty();
        do {
            var json = new JsonWriter().beginObject().name("prefix").text(prefix);
            cursor.ifPresent(text -> json.name("cursor").text(text));
            var answer = post(limited, "list", json);
            if (answer.status() == 403) {
                assertThat(answer.code()).isEqualTo("PREFIX_DENIED");
                return shown;
            }
            var page = (Json.Members) answer.json();
            assertThat(answer.status()).isEqualTo(200);
            shown.addAll(names(page));
            cursor = page.text("cursor");
        } while (cursor.isPresent());
        return shown;
    }

    private static List<String> names(Json.Members page) {
        return page.get("keys").map(keys -> ((Json.Array) keys).items()).orElse(List.of()).stream()
                .map(name -> ((Json.Text) name).value())
                .toList();
    }

    @Test
    void a_cursor_of_another_list_or_a_forged_one_is_refused_and_shows_nothing() {
        var app = LIMITED.getFirst();
        var all = new Limited("all", "");
        for (var namespace : List.of("CACHE", "OTHER")) {
            for (var number = 0; number < 9; number++) {
                store(new Pair(namespace, "app1:" + number), Bytes.utf8("1"));
                store(new Pair(namespace, "app0:" + number), Bytes.utf8("1"));
                store(new Pair(namespace, "app2:" + number), Bytes.utf8("1"));
            }
        }
        var own = cursor(app, Optional.of("CACHE"), "app1:");
        var foreign = List.of(
                cursor(all, Optional.of("CACHE"), ""),
                cursor(all, Optional.of("CACHE"), "app"),
                cursor(all, Optional.of("CACHE"), "app2:"),
                cursor(all, Optional.of("OTHER"), "app1:"),
                cursor(all, Optional.empty(), ""),
                cursor(all, Optional.empty(), "CACHE:app1:"),
                cursor(app, Optional.of("OTHER"), "app1:"),
                cursor(app, Optional.empty(), "CACHE:app1:"),
                "",
                "=",
                own.substring(1),
                own + "A",
                own + own,
                "\u00e9",
                "\0");

        var seen = foreign.stream()
                .filter(cursor -> !cursor.isEmpty())
                .map(cursor -> Seen.of(post(app, "list", page(Optional.of("CACHE"), "app1:", cursor))))
                .collect(Collectors.toCollection(java.util.HashSet::new));
        for (var at = 0; at < own.length(); at++) {
            var forged = own.substring(0, at) + (own.charAt(at) == 'A' ? 'B' : 'A') + own.substring(at + 1);
            seen.add(Seen.of(post(app, "list", page(Optional.of("CACHE"), "app1:", forged))));
        }

        assertThat(seen).singleElement().satisfies(refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.body())
                    .isEqualTo("{\"code\":\"VALIDATION_ERROR\",\"message\":\"cursor is not valid for this list\"}");
        });
        assertThat(names((Json.Members) post(app, "list", page(Optional.of("CACHE"), "app1:", own))
                        .json()))
                .containsExactly("zin_:CACHE:app1:3", "zin_:CACHE:app1:4", "zin_:CACHE:app1:5");
        assertThat(post(app, "list", page(Optional.empty(), "CACHE:app1:", foreign.get(5)))
                        .status())
                .as("a cursor over all namespaces is its caller's")
                .isEqualTo(400);
    }

    /** Where the second page of a list begins. */
    private String cursor(Limited limited, Optional<String> namespace, String prefix) {
        var json = (Json.Members)
                post(limited, "list", page(namespace, prefix, "")).json();
        return json.text("cursor").orElseThrow();
    }

    private static JsonWriter page(Optional<String> namespace, String prefix, String cursor) {
        var json = new JsonWriter().beginObject();
        namespace.ifPresent(text -> json.name("namespace").text(text));
        return json.name("prefix").text(prefix).name("cursor").text(cursor);
    }

    /** Overlong and broken UTF-8 is no JSON; half a surrogate pair is JSON, but no key. None of it becomes another key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\xc1\\xa1pp1:x",
                "\\xe0\\x81\\xa1pp1:x",
                "\\xf0\\x80\\x81\\xa1pp1:x",
                "app1\\xc0\\xba:x",
                "\\xed\\xa0\\x80app1:x",
                "\\xffapp1:x",
                "\\xf4\\x90\\x80\\x80",
                "\\ud800app1:x",
                "app1\\udc00:x",
                "app1:\\ud800",
                "app1:\\udc00\\ud800"
            })
    void bytes_that_are_no_text_never_reach_storage(String key) {
        var before = engine.calls().get();

        for (var operation : List.of("get", "delete")) {
            var answer = raw(operation, "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\"}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo(key.contains("\\x") ? "INVALID_JSON" : "VALIDATION_ERROR");
        }

        assertThat(engine.calls()).hasValue(before);
    }

    /** The counter would find a touch: an own key touches. */
    @Test
    void an_own_key_reaches_storage() {
        var before = engine.calls().get();

        assertThat(post(
                                LIMITED.getFirst(),
                                "get",
                                body(new Pair("CACHE", "")).name("key").text("app1:x"))
                        .status())
                .isEqualTo(200);

        assertThat(engine.calls().get()).isGreaterThan(before);
    }

    private Answer raw(String operation, String escaped) {
        var bytes = new java.io.ByteArrayOutputStream();
        for (var at = 0; at < escaped.length(); at++) {
            if (escaped.startsWith("\\x", at)) {
                bytes.write(Integer.parseInt(escaped.substring(at + 2, at + 4), 16));
                at += 3;
            } else {
                bytes.write(escaped.charAt(at));
            }
        }
        var body = Bytes.copyOf(bytes.toByteArray());
        var path = "/zin/kv/" + operation;
        return proxy.send("POST", path, signer(LIMITED.getFirst()).sign("POST", path, "", body), body);
    }

    private Answer post(Limited limited, String operation, JsonWriter json) {
        return proxy.post(signer(limited), operation, json.endObject().bytes().toUtf8());
    }

    private Signer signer(Limited limited) {
        var secret = SECRETS.getOrDefault(limited.id().toUpperCase(java.util.Locale.ROOT), "");
        return new Signer(limited.id(), secret, world.clock());
    }

    private static JsonWriter body(Pair pair) {
        return new JsonWriter().beginObject().name("namespace").text(pair.namespace());
    }

    private static JsonWriter item(JsonWriter json, String key) {
        return json.name("key").text(key).name("value").number(0);
    }

    private static JsonWriter keys(JsonWriter json, String... keys) {
        json.name("keys").beginArray();
        for (var key : keys) {
            json.text(key);
        }
        return json.endArray();
    }

    private void store(Pair pair, Bytes value) {
        untouched
                .engine()
                .keyValue(title(pair.namespace()))
                .putMany(List.of(new KvPair(KvKey.of(pair.key()), KvEntry.of(value))));
    }

    private Optional<Bytes> stored(Pair pair) {
        return untouched
                .engine()
                .keyValue(title(pair.namespace()))
                .get(KvKey.of(pair.key()), KvRead.FRESH)
                .map(KvEntry::value);
    }

    private NamespaceTitle title(String namespace) {
        return names.title(namespace);
    }
}
