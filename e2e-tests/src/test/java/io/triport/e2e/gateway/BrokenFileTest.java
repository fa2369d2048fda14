package io.triport.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that cannot use its file says in one line what is wrong where, and does not run. */
final class BrokenFileTest {
    private static final String FILE = """
        identity:
          anyone: {type: public}
        upstreams:
          users: {targets: [{url: "http://127.0.0.1:1"}]}
        routes:
          - id: users
            match: {path: /}
            identity: [anyone]
            upstream: users
        """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        upstream: users                | upstream: others                  | 9  | routes[0].upstream           | others
        identity: [anyone]             | identity: [nobody]                | 8  | routes[0].identity           | nobody
        path: /                        | path: a//b                        | 7  | routes[0].match.path         | a//b
        type: public                   | type: open                        | 2  | identity.anyone.type         | open
        "http://127.0.0.1:1"           | "http://169.254.169.254"          | 4  | upstreams.users.targets[0].url | http://169.254.169.254
        targets: [{                    | colour: red, targets: [{          | 4  | upstreams.users.colour       | unknown setting
        id: users                      | id: users, users                  | 6  | routes[0].id                 | users, users
        match: {path: /}               | limits: {body: 1MB}, match: {path: /} | 7 | routes[0].limits.body     | 1MB
        """)
    void each_is_told_with_file_line_key_value_and_what_was_expected(
            String good, String wrong, int line, String key, String value, @TempDir Path directory) {
        var yaml = wrong.contains("limits")
                ? FILE.replace("    match: {path: /}", "    limits: {body: 1MB}\n    match: {path: /}")
                : FILE.replace(good, wrong);
        try (var node = GatewayNode.launch(directory, yaml, Map.of())) {
            assertThat(node.exit()).isEqualTo(78);

            assertThat(node.output().lines()).hasSize(1);
            assertThat(node.output())
                    .startsWith("gateway: gateway.yaml line " + line + ": " + key + ": " + value)
                    .contains("(expected: ");
        }
    }

    @Test
    void an_engine_that_cannot_do_what_the_file_wants_of_it_is_told_too(@TempDir Path directory) {
        var yaml = "triport: {storage: memory, allow-volatile: true}\naudit: {sink: sql}\n" + FILE;
        try (var node = GatewayNode.launch(directory, yaml, Map.of())) {
            assertThat(node.exit()).isEqualTo(78);

            assertThat(node.output())
                    .contains("gateway: audit: the engine keeps no table (expected: another engine or sink)")
                    .doesNotContain("at io.triport");
        }
    }
}
