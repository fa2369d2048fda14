package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any listing is what the plainest listing of the sorted keys is that the caller may see. */
final class ListingModelTest {
    private static final int KEYS = 120;
    private static final int ROUNDS = 120;
    private static final List<String> ALLOWED = List.of("a", "a/b/", "b/a/", "c", "c-/");
    private static final Pattern ENTRY = Pattern.compile("<(?:Key|CommonPrefixes><Prefix)>([^<]*)<");
    private static ProxyUnderTest proxy;
    private static final TreeSet<String> KEPT = new TreeSet<>();

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.start("""
            buckets:
              - {name: plain, backend_type: memory, filter_listings: false}
              - {name: filtered, backend_type: memory, filter_listings: true}
              - {name: kept, backend_type: memory, filter_listings: true, versioning: enabled}
              - {name: shown, backend_type: memory, backend_prefix: deep, list_rewrite: {strip_prefix: a/, add_prefix: z/}}
              - {name: short, backend_type: memory, list_rewrite: {strip_prefix: a/}}
            credentials:
              - access_key_id: ALL
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: ["*"]}]
              - access_key_id: SOME
                secret_access_key: ${env:SECRET}
                allowed_scopes:
                  - {bucket: "*", prefixes: [a, a/b/, c-/], actions: [read]}
                  - {bucket: "*", prefixes: [b/a/, c], actions: [list_bucket, list_bucket_versions]}
              - access_key_id: BEGUN
                secret_access_key: ${env:SECRET}
                allowed_scopes:
                  - {bucket: "*", prefixes: [a, a/b/, b/a/, c, c-/], actions: [list_multipart_uploads]}
              - access_key_id: BLIND
                secret_access_key: ${env:SECRET}
                allowed_scopes: [{bucket: "*", actions: [get_object]}]
            """);
        var random = new Random(11);
        while (KEPT.size() < KEYS) {
            KEPT.add(text(random, 5));
        }
        for (var key : KEPT) {
            put("/plain/" + encoded(key));
            put("/filtered/" + encoded(key));
            put("/kept/" + encoded(key));
            put("/kept/" + encoded(key));
            put("/shown/a/" + encoded(key));
            put("/short/a/" + encoded(key));
            begin("/plain/" + encoded(key));
            begin("/filtered/" + encoded(key));
        }
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-type=2", "list-type=1"})
    void a_caller_sees_what_lies_under_its_prefixes_and_nothing_else(String kind) {
        rounds(kind, "filtered", "SOME", ListingModelTest::allowed, UnaryOperator.identity(), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-type=2", "list-type=1"})
    void keys_are_shown_rewritten_and_markers_mean_what_was_shown(String kind) {
        rounds(kind, "shown", "ALL", key -> true, key -> "z/" + key, "a/");
    }

    @Test
    void versions_are_filtered_too() {
        var shown = walk("versions", "kept", "SOME", "", "", 7);

        assertThat(shown)
                .isEqualTo(KEPT.stream()
                        .filter(ListingModelTest::allowed)
                        .flatMap(key -> List.of(key, key).stream())
                        .toList());
    }

    @Test
    void a_caller_sees_uploads_under_its_prefixes_and_no_others() {
        rounds("uploads", "filtered", "BEGUN", ListingModelTest::allowed, UnaryOperator.identity(), "");
        assertThat(list("plain", "BEGUN", "uploads").status()).isEqualTo(403);
        assertThat(list("filtered", "BLIND", "uploads").status()).isEqualTo(403);
    }

    @Test
    void a_key_of_which_nothing_remains_is_left_out() {
        put("/short/a/");

        assertThat(walk("list-type=2", "short", "ALL", "", "", 1)).isEqualTo(List.copyOf(KEPT));
        assertThat(walk("list-type=1", "short", "ALL", "", "", 1)).isEqualTo(List.copyOf(KEPT));
    }

    @Test
    void without_the_filter_and_without_a_right_a_listing_is_refused() {
        assertThat(list("plain", "SOME", "list-type=2&max-keys=0").status()).isEqualTo(403);
        assertThat(list("plain", "SOME", "list-type=2").status()).isEqualTo(403);
        assertThat(list("plain", "SOME", "list-type=2&prefix=a").status()).isEqualTo(200);
        assertThat(list("filtered", "BLIND", "list-type=2").status()).isEqualTo(403);
        assertThat(list("filtered", "SOME", "list-type=2&prefix=d").status()).isEqualTo(200);
    }

    @Test
    void the_prefix_is_shown_as_its_keys_are() {
        assertThat(list("shown", "ALL", "list-type=2&prefix=a%2Fb").element("Prefix"))
                .isEqualTo("z/b");
        assertThat(list("shown", "ALL", "list-type=2&max-keys=1").element("Prefix"))
                .isEqualTo("z/");
        assertThat(list("shown", "ALL", "list-type=2&prefix=b").element("Prefix"))
                .isEqualTo("z/b");
    }

    private static void rounds(
            String kind,
            String bucket,
            String key,
            Predicate<String> visible,
            UnaryOperator<String> shown,
            String stored) {
        var random = new Random(12);
        for (var round = 0; round < ROUNDS; round++) {
            var prefix = text(random, 3).substring(random.nextInt(2));
            var delimiter = List.of("", "/", "/", "a", "//", "/a", "-").get(random.nextInt(7));
            var most = 1 + random.nextInt(6);

            assertThat(walk(kind, bucket, key, stored + prefix, delimiter, most))
                    .as("%s prefix '%s' delimiter '%s' by %s", bucket, prefix, delimiter, most)
                    .isEqualTo(model(prefix, delimiter, visible).stream()
                            .map(shown)
                            .toList());
        }
    }

    private static List<String> model(String prefix, String delimiter, Predicate<String> visible) {
        return KEPT.stream()
                .filter(visible)
                .filter(key -> key.startsWith(prefix))
                .map(key -> {
                    var at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                    return at < 0 ? key : key.substring(0, at + delimiter.length());
                })
                .distinct()
                .toList();
    }

    private static boolean allowed(String key) {
        return ALLOWED.stream()
                .anyMatch(prefix -> key.equals(prefix)
                        || key.startsWith(prefix) && (prefix.endsWith("/") || key.charAt(prefix.length()) == '/'));
    }

    /** All entries, page by page, as each kind of listing goes on. */
    private static List<String> walk(
            String kind, String bucket, String key, String prefix, String delimiter, int most) {
        var found = new ArrayList<String>();
        var next = "";
        while (true) {
            var page = list(
                    bucket,
                    key,
                    kind + (kind.equals("uploads") ? "&max-uploads=" : "&max-keys=") + most
                            + "&encoding-type=url&prefix=" + encoded(prefix) + "&delimiter=" + encoded(delimiter)
                            + next);
            assertThat(page.status()).as("%s", page.body()).isEqualTo(200);
            var entries = ENTRY.matcher(page.body())
                    .results()
                    .map(match -> decoded(match.group(1)))
                    .sorted()
                    .toList();
            assertThat(entries.size()).isLessThanOrEqualTo(most);
            found.addAll(entries);
            if (!page.element("IsTruncated").equals("true")) {
                return found;
            }
            next = switch (kind) {
                case "list-type=2" -> "&continuation-token=" + encoded(page.element("NextContinuationToken"));
                case "versions" ->
                    "&key-marker=" + encoded(decoded(page.element("NextKeyMarker"))) + "&version-id-marker="
                            + encoded(page.element("NextVersionIdMarker"));
                case "uploads" ->
                    "&key-marker=" + encoded(decoded(page.element("NextKeyMarker"))) + "&upload-id-marker="
                            + encoded(page.element("NextUploadIdMarker"));
                default -> "&marker=" + encoded(entries.getLast());
            };
        }
    }

    private static ProxyUnderTest.Answer list(String bucket, String key, String query) {
        return proxy.as(key, "GET", "/" + bucket + "?" + query, Map.of(), "");
    }

    private static void put(String target) {
        assertThat(proxy.send("PUT", target, Map.of(), "x").status()).isEqualTo(200);
    }

    private static void begin(String target) {
        assertThat(proxy.send("POST", target + "?uploads", Map.of(), "").status())
                .isEqualTo(200);
    }

    private static String text(Random random, int most) {
        var text = new StringBuilder();
        for (var length = 1 + random.nextInt(most); length > 0; length--) {
            text.append("abc/-".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
