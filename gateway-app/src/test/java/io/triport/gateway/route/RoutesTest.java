package io.triport.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoutesTest {
    private final List<Routes.Entry<String>> entries = new ArrayList<>();
    private final List<Routes.Overlap> same = new ArrayList<>();
    private final List<Routes.Overlap> shadowed = new ArrayList<>();

    private record Query(String host, String path, String method, Map<String, String> headers) implements RouteQuery {
        @Override
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    @Test
    void a_prefix_ends_at_a_segment_and_the_longest_wins() {
        route("root", List.of(), "/", Set.of(), Map.of());
        route("users", List.of(), "/api/v1/users", Set.of(), Map.of());
        route("exact", List.of(), "=/api/v1/users", Set.of(), Map.of());

        assertThat(find("a", "/api/v1/users")).isEqualTo("exact");
        assertThat(find("a", "/api/v1/users/")).isEqualTo("users");
        assertThat(find("a", "/api/v1/users/42")).isEqualTo("users");
        assertThat(find("a", "/api/v1/usersX")).isEqualTo("root");
        assertThat(find("a", "/api/v1/users.evil.example/x")).isEqualTo("root");
        assertThat(find("a", "/api/v1/users@host")).isEqualTo("root");
        assertThat(find("a", "/api/v1/users:80")).isEqualTo("root");
    }

    @Test
    void the_exact_host_wins_then_the_longest_wildcard_then_any() {
        route("any", List.of(), "/", Set.of(), Map.of());
        route("wide", List.of("*.example.org"), "/", Set.of(), Map.of());
        route("deep", List.of("*.a.example.org"), "/", Set.of(), Map.of());
        route("exact", List.of("x.a.example.org"), "/", Set.of(), Map.of());

        assertThat(find("x.a.example.org", "/")).isEqualTo("exact");
        assertThat(find("y.a.example.org", "/")).isEqualTo("deep");
        assertThat(find("a.example.org", "/")).isEqualTo("wide");
        assertThat(find("example.org", "/")).isEqualTo("any");
        assertThat(HostName.of("X.Example.org.:8080")).isEqualTo("x.example.org");
        assertThat(HostName.of("[::1]:80")).isEqualTo("[::1]");
    }

    @Test
    void more_conditions_win_and_a_wrong_method_is_told_which_would_do() {
        route("plain", List.of(), "/a", Set.of("GET"), Map.of());
        route("beta", List.of(), "/a", Set.of("GET"), Map.of("x-beta", "1"));
        var routes = Routes.of(entries, same::add, shadowed::add);

        assertThat(routes.find(new Query("h", "/a", "GET", Map.of("x-beta", "1"))))
                .isEqualTo(new Routes.Match.Found<>("beta"));
        assertThat(routes.find(new Query("h", "/a", "GET", Map.of()))).isEqualTo(new Routes.Match.Found<>("plain"));
        assertThat(routes.find(new Query("h", "/a", "POST", Map.of())))
                .isEqualTo(new Routes.Match.OtherMethod<>(List.of("GET")));
        assertThat(routes.find(new Query("h", "/b", "GET", Map.of()))).isEqualTo(new Routes.Match.None<>());
    }

    @Test
    void routes_that_are_never_told_apart_or_never_taken_are_told_of() {
        route("one", List.of(), "/a", Set.of(), Map.of());
        route("two", List.of(), "/a", Set.of(), Map.of());
        route("three", List.of(), "/a", Set.of("GET"), Map.of());
        Routes.of(entries, same::add, shadowed::add);

        assertThat(same).containsExactly(new Routes.Overlap("one", "two"));
        assertThat(shadowed).extracting(Routes.Overlap::loser).containsExactly("two", "three");
    }

    @Test
    void ten_thousand_routes_are_told_apart_by_the_segments_of_one_path() {
        for (var i = 0; i < 10_000; i++) {
            var host = i % 4 == 0 ? List.<String>of() : List.of("h" + i % 7 + ".example.org");
            route("r" + i, host, "/t" + i % 100 + "/s" + i % 1_000 + "/r" + i, Set.of("GET"), Map.of());
        }
        var routes = Routes.of(entries, same::add, shadowed::add);
        assertThat(same).isEmpty();
        assertThat(shadowed).isEmpty();

        for (var i = 0; i < 10_000; i++) {
            var query = new CountingQuery(
                    "h" + i % 7 + ".example.org", "/t" + i % 100 + "/s" + i % 1_000 + "/r" + i + "/x");

            assertThat(routes.find(query)).isEqualTo(new Routes.Match.Found<>("r" + i));
            // Every route that is looked at is asked whether it takes the method.
            assertThat(query.looked).isLessThanOrEqualTo(2);
        }
        assertThat(routes.find(new Query("h1.example.org", "/t1/s1", "GET", Map.of())))
                .isEqualTo(new Routes.Match.None<>());
    }

    private static final class CountingQuery implements RouteQuery {
        private final String host;
        private final String path;
        private int looked;

        private CountingQuery(String host, String path) {
            this.host = host;
            this.path = path;
        }

        @Override
        public String host() {
            return host;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public String method() {
            looked++;
            return "GET";
        }

        @Override
        public String header(String name) {
            return "";
        }
    }

    private void route(String id, List<String> hosts, String path, Set<String> methods, Map<String, String> headers) {
        entries.add(new Routes.Entry<>(id, new RouteMatch(hosts, PathPattern.parse(path), methods, headers), id));
    }

    private String find(String host, String path) {
        var found = Routes.of(entries, same::add, shadowed::add).find(new Query(host, path, "GET", Map.of()));
        return found instanceof Routes.Match.Found<String>(var route) ? route : "";
    }
}
