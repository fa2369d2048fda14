package io.triport.e2e.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeyTag;
import io.triport.gateway.route.PathPattern;
import io.triport.gateway.route.RequestPath;
import io.triport.gateway.route.RouteMatch;
import io.triport.gateway.route.RouteQuery;
import io.triport.gateway.route.Routes;
import io.triport.manager.answer.Refused;
import io.triport.manager.route.Query;
import io.triport.manager.search.ValueQuery;
import io.triport.manager.transfer.ImportInvalid;
import io.triport.manager.transfer.ImportReader;
import io.triport.objects.wire.S3Refused;
import io.triport.objects.wire.XmlElement;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What comes in bodies, queries and paths, and what it may be taken for. */
final class BodyTargets {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DEEPEST = 32;
    private static final Routes<String> ROUTES = Routes.of(
            Stream.of("/", "/api", "/api/v1", "=/api/v1/users")
                    .map(path -> new Routes.Entry<>(
                            path, new RouteMatch(List.of(), PathPattern.parse(path), Set.of(), Map.of()), path))
                    .toList(),
            overlap -> {},
            overlap -> {});

    private BodyTargets() {}

    static void xml(byte[] bytes) {
        try {
            var root = XmlElement.parse(Bytes.copyOf(bytes));
            FuzzTarget.require(depth(root) <= DEEPEST, "deeper than " + DEEPEST);
        } catch (S3Refused e) {
            FuzzTarget.require(e.error().status() == 400, "not the client's fault: " + e.error());
        }
    }

    private static int depth(XmlElement element) {
        return 1
                + element.children().stream().mapToInt(BodyTargets::depth).max().orElse(0);
    }

    /** Every item has its place, once and in order. */
    static void importBody(byte[] bytes) {
        try (var reader = new ImportReader(new ByteArrayInputStream(bytes), Clock.fixed(NOW, ZoneOffset.UTC))) {
            var expected = 0L;
            for (var row = reader.next(); row != null; row = reader.next()) {
                FuzzTarget.require(row.index() == expected && row.line() >= 1, "out of place: " + row);
                expected++;
            }
            FuzzTarget.require(reader.count() == expected, "counted " + reader.count() + " of " + expected);
        } catch (ImportInvalid e) {
            FuzzTarget.require(e.line() >= 1 && e.column() >= 1, "no place: " + e.reason());
        }
    }

    /** The first line is the filter, the second the tags of a key. What is asked for in three ways is answered alike. */
    static void tagFilter(byte[] bytes) {
        var lines = new String(bytes, UTF_8).split("\n", 2);
        var key = tagged(lines.length > 1 ? lines[1] : "");
        if (key.isEmpty()) {
            return;
        }
        try {
            var any = chosen("any", lines[0], key.get());
            var all = chosen("all", lines[0], key.get());
            var none = chosen("none", lines[0], key.get());
            var asked = Arrays.stream(lines[0].split(",", -1)).anyMatch(tag -> !tag.isBlank());
            FuzzTarget.require(!asked || any != none, "any and none agree");
            FuzzTarget.require(asked || any && all && none, "nothing was asked for, and not every key has it");
            FuzzTarget.require(!all || any || !asked, "all and not any");
        } catch (Refused | InvalidInput e) {
            FuzzTarget.require(!String.valueOf(e.getMessage()).isEmpty(), "refused without a word");
        }
    }

    private static boolean chosen(String mode, String tags, KeyRecord key) {
        var search = "?in=value&query=x&tags_mode=" + mode + "&tags=" + URLEncoder.encode(tags, UTF_8);
        return ValueQuery.of(Query.parse(search)).chooses(key);
    }

    private static Optional<KeyRecord> tagged(String line) {
        try {
            var tags = Arrays.stream(line.split(",", -1))
                    .filter(tag -> !tag.isBlank())
                    .map(tag -> new KeyTag(tag.strip()))
                    .toList();
            return Optional.of(new KeyRecord(
                    new NamespaceTitle("N"),
                    KvKey.of("k"),
                    new KeyLabels(tags, JsonText.NONE, ""),
                    1,
                    Expiry.NEVER,
                    new KvVersion(1),
                    NOW,
                    NOW,
                    Instant.MIN));
        } catch (InvalidInput | StorageFailure e) {
            return Optional.empty();
        }
    }

    /** The path that is routed is the path that is sent, and its longest route is found. */
    static void routing(byte[] bytes) {
        var read = RequestPath.read(new String(bytes, ISO_8859_1));
        if (read.isEmpty()) {
            return;
        }
        var path = read.get().decoded();
        FuzzTarget.require(path.startsWith("/"), "not absolute: " + path);
        FuzzTarget.require(
                Arrays.stream(path.split("/", -1))
                        .noneMatch(segment -> segment.equals(".") || segment.equals("..") || segment.indexOf(0) >= 0),
                "leads elsewhere: " + path);
        var found = ROUTES.find(new Asked(path));
        FuzzTarget.require(found.equals(new Routes.Match.Found<>(longest(path))), path + ": " + found);
    }

    private static String longest(String path) {
        if (path.equals("/api/v1/users")) {
            return "=/api/v1/users";
        }
        return Stream.of("/api/v1", "/api")
                .filter(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"))
                .findFirst()
                .orElse("/");
    }

    private record Asked(String path) implements RouteQuery {
        @Override
        public String host() {
            return "example.com";
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String header(String name) {
            return "";
        }
    }
}
