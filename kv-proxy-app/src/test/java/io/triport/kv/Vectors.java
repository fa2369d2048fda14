package io.triport.kv;

import io.triport.domain.request.Bytes;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The golden vectors, read by the reader that is under test with them. */
record Vectors(Json.Members file) {
    static Vectors load() {
        try (var in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/zin-kv-vectors.json"))) {
            return new Vectors((Json.Members) JsonReader.read(Bytes.copyOf(in.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One member of a list of vectors, by name. */
    record Vector(Json.Members members) {
        String name() {
            return text("name");
        }

        String text(String member) {
            return members.text(member).orElseThrow();
        }

        Instant now() {
            return Instant.ofEpochMilli(members.number("nowMs").orElseThrow().longValue());
        }

        Vector inner(String member) {
            return new Vector((Json.Members) members.get(member).orElseThrow());
        }

        List<Vector> list(String member) {
            return items(members, member);
        }

        Map<String, String> headers() {
            var headers = new LinkedHashMap<String, String>();
            inner("headers").members.members().forEach((name, value) -> headers.put(name, ((Json.Text) value).value()));
            return headers;
        }

        String header(String name) {
            return inner("headers").text(name);
        }

        /** Settings that differ from the defaults of the vectors; blank for those that are taken away. */
        Map<String, String> overrides() {
            var overrides = new LinkedHashMap<String, String>();
            members.get("serverOverrides")
                    .ifPresent(json -> ((Json.Members) json)
                            .members()
                            .forEach((name, value) ->
                                    overrides.put(name, value instanceof Json.Text text ? text.value() : "")));
            return overrides;
        }

        Bytes body() {
            if (members.get("bodyBase64").isPresent()) {
                return Bytes.copyOf(Base64.getDecoder().decode(text("bodyBase64")));
            }
            if (members.get("bodyRepeat").isPresent()) {
                var parts = inner("bodyRepeat");
                var times = parts.members.number("count").orElseThrow().intValue();
                return Bytes.utf8(parts.text("prefix") + parts.text("repeat").repeat(times) + parts.text("suffix"));
            }
            return Bytes.utf8(text("bodyUtf8"));
        }

        @Override
        public String toString() {
            return members.text("name").orElse("");
        }
    }

    List<Vector> signing() {
        return items(file, "signing");
    }

    List<Vector> negative() {
        return items(file, "negative");
    }

    List<Vector> sequences() {
        return items(file, "sequences");
    }

    private static List<Vector> items(Json.Members members, String name) {
        return ((Json.Array) members.get(name).orElseThrow())
                .items().stream().map(item -> new Vector((Json.Members) item)).toList();
    }
}
