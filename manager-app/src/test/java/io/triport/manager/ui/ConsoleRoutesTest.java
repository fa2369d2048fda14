package io.triport.manager.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Method;
import io.triport.domain.time.Randomness;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.answer.Refused;
import io.triport.manager.route.Route;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.TestRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ConsoleRoutesTest {
    private static final String SCRIPT = "/assets/main-1a2b3c.js";

    private final ConsoleRoutes console = console("");

    @Test
    void the_page_has_a_policy_with_a_new_number_each_time() {
        var one = console.page();
        var other = console.page();

        var policy = field(one, "Content-Security-Policy");
        var nonce = policy.replaceAll(".*'nonce-([^']+)'.*", "$1");
        assertThat(policy).startsWith("default-src 'none'; script-src 'self';").doesNotContain("unsafe");
        assertThat(body(one)).contains("<meta name=\"csp-nonce\" content=\"" + nonce + "\"");
        assertThat(field(other, "Content-Security-Policy")).isNotEqualTo(policy);
    }

    @Test
    void the_page_is_told_which_routes_there_are() {
        assertThat(body(console.page())).contains("<meta name=\"routes\" content=\"GET /api/things/{id}\"");
    }

    @Test
    void the_page_is_never_kept_and_never_framed() {
        var page = console.page();

        assertThat(field(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(field(page, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(field(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(field(page, "Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void the_page_knows_what_stands_before_its_paths() {
        assertThat(body(console("/console").page())).contains("<base href=\"/console/\"");
    }

    @Test
    void a_file_with_its_digest_in_its_name_is_kept_for_ever() {
        var script = fetched(SCRIPT, Map.of());

        assertThat(script.status()).isEqualTo(200);
        assertThat(body(script)).isEqualTo("console.log(\"sample\");\n");
        assertThat(field(script, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(field(script, "Cache-Control")).contains("immutable");
        assertThat(field(fetched("/mark.svg", Map.of()), "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void the_smallest_form_that_the_browser_takes_is_sent() {
        assertThat(field(fetched(SCRIPT, Map.of("accept-encoding", List.of("gzip, br"))), "Content-Encoding"))
                .isEqualTo("br");
        assertThat(field(fetched(SCRIPT, Map.of("accept-encoding", List.of("gzip;q=0.5, br;q=0"))), "Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(fetched(SCRIPT, Map.of("accept-encoding", List.of("br;q=0"))).fields().stream()
                        .map(StreamReply.Field::name))
                .doesNotContain("Content-Encoding")
                .contains("Vary");
    }

    @Test
    void a_file_that_the_browser_has_is_not_sent_again() {
        var tag = field(fetched("/mark.svg", Map.of()), "ETag");

        var again = fetched("/mark.svg", Map.of("if-none-match", List.of("\"other\", W/" + tag)));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.content()).isNull();
    }

    @Test
    void only_listed_files_are_files() {
        assertThatThrownBy(() -> fetched("/assets/other.js", Map.of())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> fetched("/assets/..%2Findex.html", Map.of())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> fetched(SCRIPT + ".br", Map.of())).isInstanceOf(Refused.class);
    }

    @Test
    void without_a_console_the_page_says_so() {
        var none = new ConsoleRoutes(ConsoleFiles.in("nowhere"), "", Randomness.system(), List::of);

        assertThatThrownBy(none::page)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.sentence()).contains("without its console"));
    }

    @Test
    void every_screen_has_an_address_that_may_be_loaded() throws Exception {
        var served = console.routes().stream()
                .map(route -> route.pattern().toString())
                .collect(Collectors.toSet());
        var screens = Pattern.compile("<Route path=\"(/[^\"/]*)(/[^\"]*)?\"")
                .matcher(Files.readString(Path.of("src/main/ui/src/app/App.tsx")))
                .results()
                .map(screen -> screen.group(1) + (screen.group(2) == null ? "" : "/{rest...}"))
                .toList();

        assertThat(screens).hasSizeGreaterThan(20);
        assertThat(served).containsAll(screens);
    }

    @Test
    void who_came_by_tls_comes_by_nothing_else() {
        for (var path : List.of("/", "/sign-in", "/mark.svg")) {
            var plain = shown(path, Map.of());
            var secured = shown(path, Map.of("x-forwarded-proto", List.of("https")));

            assertThat(plain.fields()).noneMatch(field -> field.name().equals("Strict-Transport-Security"));
            assertThat(field(secured, "Strict-Transport-Security")).isEqualTo("max-age=31536000");
        }
    }

    private StreamReply shown(String path, Map<String, List<String>> headers) {
        var route = console.routes().stream()
                .filter(one -> one.pattern().toString().equals(path))
                .findFirst()
                .orElseThrow();
        if (route.handler() instanceof Route.Open(var answering)) {
            return answering.answer(TestRequests.fetch(Method.GET, path, headers, "192.0.2.7"));
        }
        throw new AssertionError(path + " is not open");
    }

    @Test
    void a_wrong_path_of_the_api_is_no_place_of_the_console() {
        try (var manager = ManagerUnderTest.start()) {
            assertThat(manager.send("GET", "/api/nothing").code()).isEqualTo("not_found");
            assertThat(manager.send("POST", "/api/nothing").status()).isEqualTo(404);
            assertThat(manager.send("POST", "/namespaces").status()).isEqualTo(405);
        }
    }

    private static ConsoleRoutes console(String basePath) {
        var routes = List.of(
                Route.get("/api/things/{id}", call -> StreamReply.of(204)),
                Route.open("GET", "/open", fetch -> StreamReply.of(204)));
        return new ConsoleRoutes(ConsoleFiles.in("sample"), basePath, Randomness.system(), () -> routes);
    }

    private StreamReply fetched(String path, Map<String, List<String>> headers) {
        return console.file(TestRequests.fetch(Method.GET, path, headers, "192.0.2.7"));
    }

    private static String field(StreamReply reply, String name) {
        return reply.fields().stream()
                .filter(field -> field.name().equals(name))
                .map(StreamReply.Field::value)
                .collect(Collectors.joining(", "));
    }

    private static String body(StreamReply reply) {
        return GeneratedContent.read(Objects.requireNonNull(reply.content())).toUtf8();
    }
}
