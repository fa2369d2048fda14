package io.triport.e2e.kv;

import java.util.List;
import java.util.stream.Stream;

/** Files that are wrong in one way each. */
final class BrokenConfiguration {
    private static final String KEY =
            "{secrets: [\"${env:FIRST}\"], scopes: [kv.get], namespaces: [\"*\"], prefixes: [\"\"]}";
    private static final String GOOD = "triport: {kv: {keys: {first: " + KEY + "}}}\n";

    private BrokenConfiguration() {}

    static List<String> all() {
        return Stream.of(notYaml(), otherShapes(), otherSettings(), otherKeys())
                .flatMap(texts -> texts)
                .toList();
    }

    private static Stream<String> notYaml() {
        return Stream.of(
                "",
                "{",
                "[",
                "triport: [",
                "triport: {kv: {",
                "\t- a",
                "a: b: c",
                "\"",
                "&a *b",
                "triport: !!x {}",
                "\0");
    }

    private static Stream<String> otherShapes() {
        return Stream.of(
                "triport",
                "- triport",
                "triport: 1",
                "triport: {}",
                "triport: {kv: 1}",
                "triport: {kv: {keys: {}}}",
                "triport: {kv: {keys: [first]}}",
                "triport: {kv: {keys: {first: x}}}",
                GOOD + GOOD,
                "triport: {kv: {keys: {first: " + KEY + ", first: " + KEY + "}}}",
                "triport: {kv: {keys: {first: " + KEY + ", FIRST: " + KEY + "}}}",
                "triport: {kv: {keys: {first: " + KEY + ", other: " + KEY + "}}}");
    }

    private static Stream<String> otherSettings() {
        return Stream.of(
                        "prot: 1",
                        "listen: {base-path: x}",
                        "listen: {prot: 1}",
                        "limits: {connections: 0}",
                        "limits: {header-bytes: 1}",
                        "storage: somewhere",
                        "storage: memory",
                        "consistency: some",
                        "trusted-proxies: [0.0.0.0/0]",
                        "stop: {drain-delay: -1s}",
                        "log: {format: xml}")
                .map(setting -> GOOD.replace("triport: {", "triport: {" + setting + ", "));
    }

    private static Stream<String> otherKeys() {
        return Stream.of(
                        "secrets: [written-out-secret-0123456789abcdef-0123456789]",
                        "secrets: [\"${env:NOT_SET}\"]",
                        "secrets: [\"${file:/nowhere/at/all}\"]",
                        "secrets: []",
                        "secrets: [\"${env:FIRST}\"], scopes: [kv.all]",
                        "secrets: [\"${env:FIRST}\"], cidrs: [300.0.0.0/8]",
                        "secrets: [\"${env:FIRST}\"], expires-at: tomorrow",
                        "secrets: [\"${env:FIRST}\"], rate-limit: {limit: 0}",
                        "secrets: [\"${env:FIRST}\"], prefix: [a]")
                .map(key -> "triport: {kv: {keys: {first: {" + key + "}}}}");
    }
}
