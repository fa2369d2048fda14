package io.triport.identity.signed;

import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.RawTarget;
import io.triport.identity.field.BareItem;
import io.triport.identity.field.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a message signature covers (RFC 9421 section 2.5). Of the derived components those are known that a proxy in between
 * does not change in good faith: {@code @scheme} and {@code @target-uri} are refused, as are components with parameters.
 */
record SignatureBase(Method method, RawTarget target, Headers headers) {
    static final String METHOD = "@method";
    static final String PATH = "@path";
    static final String QUERY = "@query";
    static final Set<String> REQUIRED = Set.of(METHOD, PATH, QUERY);

    private static final String AUTHORITY = "@authority";
    private static final String REQUEST_TARGET = "@request-target";

    /** @throws InvalidInput when a component is unknown, absent, repeated, has parameters or is not ASCII */
    String text(Member.InnerList covered) {
        var text = new StringBuilder();
        for (var name : names(covered)) {
            text.append(new BareItem.Text(name).text())
                    .append(": ")
                    .append(value(name))
                    .append('\n');
        }
        var base = text.append("\"@signature-params\": ").append(covered.text()).toString();
        if (!base.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= ' ' && c <= '~'))) {
            throw refusal();
        }
        return base;
    }

    static List<String> names(Member.InnerList covered) {
        var names = covered.items().stream()
                .map(item -> switch (item) {
                    case Member.Item(BareItem.Text(var name), var parameters)
                    when parameters.values().isEmpty() -> name;
                    default -> throw refusal();
                })
                .toList();
        if (new HashSet<>(names).size() != names.size()) {
            throw refusal();
        }
        return names;
    }

    private String value(String name) {
        return switch (name) {
            case METHOD -> method.text();
            case PATH -> target.path();
            case QUERY -> target.search().isEmpty() ? "?" : target.search();
            case REQUEST_TARGET -> target.toString();
            case AUTHORITY ->
                headers.only("host").orElseThrow(SignatureBase::refusal).toLowerCase(Locale.ROOT);
            default -> field(name);
        };
    }

    /** A line feed in a value would be a component of its own. */
    private String field(String name) {
        var values = headers.all(name);
        if (name.startsWith("@")
                || values.isEmpty()
                || !name.equals(name.toLowerCase(Locale.ROOT))
                || values.stream().anyMatch(value -> value.indexOf('\n') >= 0)) {
            throw refusal();
        }
        return String.join(", ", values.stream().map(String::strip).toList());
    }

    private static InvalidInput refusal() {
        return new InvalidInput("signature-input", "known components without parameters, each once, all present");
    }
}
