package io.triport.gateway;

import io.triport.gateway.config.GatewaySettings;
import io.triport.gateway.config.RouteSettings;
import io.triport.identity.limit.LimitKeyPart;
import io.triport.identity.limit.NamedLimit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a route comes to, for who checks a file: whom it takes, on which terms, and where to. */
record RouteLine(RouteSettings route, GatewaySettings settings) {
    String text() {
        return "route " + route.id() + ": " + match() + ", identity " + identity() + ", policies " + policies()
                + ", limits " + limits() + ", body at most " + route.bodyLimit() + ", to " + route.upstream()
                + assertion() + (route.webSocket() ? ", WebSocket" : "");
    }

    private String match() {
        var match = route.match();
        return (match.hosts().isEmpty() ? "any host" : String.join(" ", match.hosts())) + " " + match.path() + " "
                + (match.methods().isEmpty() ? "any method" : String.join(" ", new TreeSet<>(match.methods())))
                + (match.headers().isEmpty() ? "" : " with " + new TreeMap<>(match.headers()));
    }

    private String identity() {
        return named(
                        route.identity(),
                        settings.identity(),
                        mechanism -> mechanism.name() + " (" + mechanism.type() + ")")
                + " " + word(route.combine());
    }

    private String policies() {
        return route.policies().isEmpty()
                ? "none"
                : route.policies().stream().map(RouteSettings.NamedPolicy::name).collect(Collectors.joining(" and "));
    }

    private String limits() {
        return route.limits().isEmpty() ? "none" : named(route.limits(), settings.limits(), this::limit);
    }

    private String limit(NamedLimit limit) {
        var rate = limit.limit();
        var cost = route.cost() > 0 ? Long.toString(route.cost()) : limit.cost().text();
        return limit.name() + " (" + rate.limit() + " in "
                + rate.window().toString().substring(2).toLowerCase(Locale.ROOT)
                + (rate.burst() > rate.limit() ? ", burst " + rate.burst() : "")
                + ", " + word(rate.algorithm()) + ", by "
                + limit.key().stream().map(LimitKeyPart::text).collect(Collectors.joining(" and "))
                + (cost.equals("1") ? "" : ", cost " + cost) + ", " + word(rate.scope()) + ")";
    }

    private String assertion() {
        var assertion = route.forwarding().assertion();
        return assertion == null ? "" : " with an assertion for " + assertion.audience();
    }

    private interface Said<T> {
        String of(T defined);
    }

    private static <T> String named(List<String> names, Map<String, T> definitions, Said<T> said) {
        return definitions.entrySet().stream()
                .filter(entry -> names.contains(entry.getKey()))
                .sorted(Comparator.comparingInt(entry -> names.indexOf(entry.getKey())))
                .map(entry -> said.of(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
