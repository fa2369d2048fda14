package io.triport.kv;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.identity.config.Setting;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.launch.Readings;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonReader;
import io.triport.kv.wire.KvError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reference page, made from what the code reads and answers. */
record Reference(List<Setting> settings, List<Setting> keyMap) {
    private static final String SECRET = "a secret of thirty-two characters";
    private static final Map<String, String> TAKEN_OVER = Map.of(
            "ZT_KEYS_JSON", "The key map as JSON; then there are no keys in the file.",
            "KV_REMOTE_SECRET", "One secret for any key id, which may do everything; ignored beside a key map.",
            "APP_KEY", "`KV_REMOTE_SECRET` where that is not set.",
            "ZT_PROXY_SIGNING_WINDOW_MS", "`triport.kv.signing-window`, in milliseconds.",
            "ZT_MAX_BODY_BYTES", "`triport.kv.max-body`, in bytes.",
            "ZT_KV_PREFIX", "`triport.kv.prefix`.",
            "ZT_KV_LIST_LIMIT", "`triport.kv.list-limit`.");

    static Reference read(Path directory) throws IOException {
        var file = directory.resolve("app.yml");
        Files.writeString(file, """
            identity:
              idp: {type: api-key, pepper: ["${env:SECRET}"]}
            triport:
              kv:
                ports: [queue, do, vector, ai]
                queues:
                  QUEUE: {}
                classes:
                  CLASS: {code: io.triport.kv.TalliedObject}
                indexes:
                  INDEX: {dimensions: 2}
                models:
                  MODEL: {task: text-generation, adapter: echo}
                callers:
                  CALLER: {by: idp, subjects: [somebody], scopes: [kv.get], namespaces: ["*"], prefixes: [""], rate-limit: {}}
                keys:
                  KEY-ID:
                    secrets: ["${env:SECRET}"]
                    scopes: [kv.get]
                    namespaces: ["*"]
                    prefixes: [""]
                    rate-limit: {}
            """);
        var map = """
            {"KEY-ID": {"secret": "%s", "scopes": ["kv.get"], "kv": {"namespaces": ["*"], "prefixes": [""]}, "rateLimit": {}}}
            """.formatted(SECRET);
        return new Reference(
                read(Optional.of(file), Map.of("SECRET", SECRET)), read(Optional.empty(), Map.of("ZT_KEYS_JSON", map)));
    }

    /** The whole page. */
    String page() {
        return """
            # Reference of the KV proxy

            Made from the code by `ReferenceTest`; changes by hand do not last.

            ## Settings

            Keys of the YAML file. Each has a variable that overrides it, its key in capitals with `_` for `.` and `-`:
            `TRIPORT_LISTEN_PORT` for `triport.listen.port`; a list is then a text with commas. Flags override both: `--port`
            is `triport.listen.port`, `--management-port` is `triport.management.port`. `KEY-ID` stands for a key's id, `idp` for that of a
            mechanism, `CALLER` for that of a caller, `QUEUE` for the name of a queue, `CLASS` for that of a class of durable objects, `INDEX` for that of a vector index, `MODEL` for that
            of a model. A mechanism of type `jwt` has [settings of its own](identity/jwt.md). A key that is not in this table or there stops the start. What takes effect without a restart stands in
            [operations](operations.md#changing-the-configuration).

            %s
            ## Variables of the system that the proxy stands in for

            | variable | what it sets |
            |---|---|
            %s
            `ZT_KEYS_JSON` is an object of key ids, each with

            %s
            ## Codes

            The body of a refusal is `{"code": "...", "message": "..."}`; code and status are what programs may rely on.

            | code | status | message |
            |---|---|---|
            %s
            ## Reasons of identity

            What a `refused` line of the logger `triport.identity` and the label `outcome` of `triport_identity_total` say, and
            the code that the caller gets for it.

            | reason | code | counts towards the limit of rejected credentials |
            |---|---|---|
            %s
            ## Refusals of the request layer

            | what | status | code |
            |---|---|---|
            %s\
            """.formatted(table(settings), variables(), table(keyMap), codes(), reasons(), edge());
    }

    private static List<Setting> read(Optional<Path> file, Map<String, String> environment) {
        var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return Readings.of(new KvProxy(silent), file, environment).stream()
                .filter(setting -> file.isPresent() != setting.key().startsWith("ZT_"))
                .filter(setting -> file.isPresent() || setting.key().startsWith("ZT_"))
                .toList();
    }

    private static String table(List<Setting> settings) {
        return "| key | value | default | what it is for |\n|---|---|---|---|\n"
                + settings.stream()
                        .map(setting -> "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        setting.key().replace("ZT_KEYS_JSON.KEY-ID.", ""),
                                        code(setting.expectation()),
                                        setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
                                        setting.about()))
                        .collect(Collectors.joining());
    }

    private static String code(String expectation) {
        return expectation
                .replace("|", "\\|")
                .replace("${env:NAME} or ${file:PATH}", "`${env:NAME}` or `${file:PATH}`");
    }

    private static String variables() {
        return TAKEN_OVER.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "| `%s` | %s |\n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private static String codes() {
        return Arrays.stream(KvError.values())
                .map(error ->
                        "| `%s` | %d | %s |\n".formatted(error, error.answer().status(), message(error.answer())))
                .collect(Collectors.joining());
    }

    private static String reasons() {
        var shape = new KvError.Shape();
        var none = new MechanismName("hmac");
        return Arrays.stream(Reason.values())
                .map(reason -> "| `%s` | `%s` | %s |\n"
                        .formatted(
                                reason.text(),
                                word(shape.of(new Refusal(reason, none, List.of(none), Duration.ZERO)), "code"),
                                reason.badCredential() ? "yes" : ""))
                .collect(Collectors.joining());
    }

    private static String edge() {
        var shape = new KvError.Shape();
        return Arrays.stream(EdgeRefusal.values())
                .map(refusal -> "| %s | %d | `%s` |\n"
                        .formatted(
                                refusal.code().replace('_', ' '),
                                shape.of(refusal).status(),
                                word(shape.of(refusal), "code")))
                .collect(Collectors.joining());
    }

    private static String message(io.triport.identity.connection.EdgeAnswer answer) {
        return word(answer, "message");
    }

    private static String word(io.triport.identity.connection.EdgeAnswer answer, String name) {
        if (JsonReader.read(answer.body()) instanceof Json.Members members) {
            return members.text(name).orElseThrow();
        }
        throw new IllegalStateException("an error is an object");
    }
}
