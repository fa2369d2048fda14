package io.triport.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RequestPathTest {
    @Test
    void what_another_server_could_read_as_another_path_is_refused() {
        for (var path : new String[] {
            "",
            "a",
            "//",
            "/a//b",
            "/.",
            "/..",
            "/a/../b",
            "/a/..;x/b",
            "/a/.;/b",
            "/%2e%2e/a",
            "/a/.%2e",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/a%",
            "/a%2",
            "/a%zz",
            "/a%ff",
            "/a%252e",
            "/a%252F",
            "/a%255c",
            "/a%2500",
            "/a%0a",
            "/a b",
            "/a\u007f",
            "/a\u00e4",
            "/..%3bx",
            "/a%c0%af"
        }) {
            assertThat(RequestPath.read(path)).as(path).isEmpty();
        }
    }

    @Test
    void what_is_accepted_is_compared_decoded_and_sent_as_it_came() {
        assertThat(RequestPath.read("/")).hasValue(new RequestPath("/", "/"));
        assertThat(RequestPath.read("/a/")).hasValue(new RequestPath("/a/", "/a/"));
        assertThat(RequestPath.read("/%61/b%20c")).hasValue(new RequestPath("/%61/b%20c", "/a/b c"));
        assertThat(RequestPath.read("/a...;x/.b")).hasValue(new RequestPath("/a...;x/.b", "/a...;x/.b"));
        assertThat(RequestPath.read("/100%25")).hasValue(new RequestPath("/100%25", "/100%"));
    }

    @Test
    void a_prefix_is_taken_away_on_a_segment_boundary_and_in_the_encoding_of_the_request() {
        var rewrite = PathRewrite.of(PathPattern.parse("/api/v1"), "/v2");

        assertThat(rewrite.apply(read("/api/v1/a%20b"))).isEqualTo("/v2/a%20b");
        assertThat(rewrite.apply(read("/%61pi/v1/x"))).isEqualTo("/v2/x");
        assertThat(rewrite.apply(read("/api/v1"))).isEqualTo("/v2");
        assertThat(rewrite.apply(read("/api/v1x"))).isEqualTo("/v2/api/v1x");
        assertThat(PathRewrite.of(PathPattern.parse("/api"), "").apply(read("/api")))
                .isEqualTo("/");
        assertThat(PathRewrite.NONE.replacing("^/old/(.*)$", "/new/$1").apply(read("/old/a")))
                .isEqualTo("/new/a");
        assertThat(PathRewrite.NONE.replacing("a", "/..").apply(read("/a"))).isEmpty();
    }

    private static RequestPath read(String path) {
        return RequestPath.read(path).orElseThrow();
    }
}
