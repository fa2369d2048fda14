package io.triport.gateway.config;

import io.triport.domain.identity.Combine;
import io.triport.domain.request.ByteSize;
import io.triport.gateway.route.PathPattern;
import io.triport.gateway.route.PathRewrite;
import io.triport.gateway.route.RouteMatch;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.policy.Policy;
import io.triport.identity.signer.IdentityAssertion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the requests of one route.
 *
 * @param identity names of mechanisms in order, at least one
 * @param policies each must admit, none for everybody who proved an identity
 * @param cost units that a request takes of each limit; 0 for what the limits say
 * @param bodyLimit the longest body
 * @param cors null for off
 */
public record RouteSettings(
        String id,
        RouteMatch match,
        List<String> identity,
        Combine combine,
        Duration maxVerifyAge,
        List<NamedPolicy> policies,
        List<String> limits,
        long cost,
        ByteSize bodyLimit,
        PathRewrite rewrite,
        HeaderEdits request,
        HeaderEdits response,
        Forwarding forwarding,
        @Nullable CorsSettings cors,
        boolean webSocket,
        String upstream) {
    public RouteSettings {
        identity = List.copyOf(identity);
        policies = List.copyOf(policies);
        limits = List.copyOf(limits);
    }

    /** A policy as the file calls it. */
    public record NamedPolicy(String name, Policy policy) {}

    /** What of the caller the upstream hears. @param assertion null for none */
    public record Forwarding(
            boolean authorization,
            boolean host,
            UserId userId,
            boolean email,
            boolean scopes,
            @Nullable Assertion assertion) {}

    /** A signed word on who the caller is. @param audience the upstream that it is for. @param ttl how long it holds, 1 s to 60 s */
    public record Assertion(String audience, Duration ttl) {}

    /** What X-User-ID says. */
    public enum UserId {
        /** The subject alone. */
        SUBJECT,
        /** Mechanism, issuer and subject, for routes with several issuers. */
        QUALIFIED
    }

    private static final long MOST_COST = 1_000_000_000L;
    private static final Value<String> NAMED = Value.matching("\\S{1,64}", "a name defined in this file");

    static RouteSettings read(
            Section section, ByteSize bodyLimit, Map<String, Policy> policies, @Nullable CorsSettings inherited) {
        var id = section.optional("id", Values.ROUTE_ID, "Name of the route in logs, metrics and audit.")
                .orElseThrow(() -> section.error("id", "missing", "a name for the route"));
        var identity = section.list("identity", NAMED, "Mechanisms in order; a public one for everybody.");
        if (identity.isEmpty()) {
            throw section.error("identity", "none", "at least one mechanism; one of type public for everybody");
        }
        if (Set.copyOf(identity).size() < identity.size()) {
            throw section.error("identity", identity.toString(), "each mechanism once");
        }
        var upstream = section.optional("upstream", NAMED, "Where the requests go.")
                .orElseThrow(() -> section.error("upstream", "missing", "the name of an upstream"));
        var upgrade = section.list("upgrade", Value.matching("websocket", "websocket"), "Protocols to change to.");
        var headers = section.section("headers");
        return new RouteSettings(
                id,
                match(section.section("match")),
                identity,
                section.value(
                        "combine",
                        Value.oneOf(Combine.values()),
                        "agree",
                        "What counts when a request shows several credentials."),
                section.value(
                        "maxVerifyAge",
                        Values.duration(Duration.ZERO, Duration.ofSeconds(60)),
                        "60s",
                        "How old a verification may be; 0s for one made by this very request."),
                policies(section, policies),
                section.list("rateLimit", NAMED, "Limits that all have to have room."),
                section.optional(
                                "cost",
                                Value.number(1, MOST_COST),
                                "What a request takes of each of them; what the limits say if left out.")
                        .orElse(0L),
                section.section("limits")
                        .optional(
                                "body",
                                Value.size(ByteSize.ZERO, ByteSize.ofMiB(8192)),
                                "The longest body; limits.body of the file if left out.")
                        .orElse(bodyLimit),
                rewrite(section.section("path")),
                HeaderEdits.read(headers.section("request")),
                HeaderEdits.read(headers.section("response")),
                forwarding(section),
                section.has("cors") ? CorsSettings.read(section.section("cors")) : inherited,
                !upgrade.isEmpty(),
                upstream);
    }

    private static List<NamedPolicy> policies(Section section, Map<String, Policy> defined) {
        var named = new ArrayList<NamedPolicy>();
        for (var name : section.list("policy", NAMED, "Policies that must all pass.")) {
            var policy = defined.get(name);
            if (policy == null) {
                throw section.error("policy", name, "one of " + new TreeSet<>(defined.keySet()));
            }
            named.add(new NamedPolicy(name, policy));
        }
        if (named.isEmpty() && section.has("policy")) {
            throw section.error("policy", "none", "at least one policy, or no such key");
        }
        return named;
    }

    private static RouteMatch match(Section section) {
        var headers = section.section("headers");
        var wanted = new LinkedHashMap<String, String>();
        for (var name : headers.names()) {
            wanted.put(
                    name.toLowerCase(Locale.ROOT),
                    headers.value(name, Values.FIELD_VALUE, "", "The one value that the field must have."));
        }
        var path = section.optional("path", Values.PATH, "/prefix with all below it, or =/exact.")
                .orElseThrow(() -> section.error("path", "missing", "/ for every path"));
        return new RouteMatch(
                section.list("hosts", Values.HOST, "Names in the Host field; any if none."),
                path,
                Set.copyOf(section.list("methods", Values.METHOD, "Methods; any if none.")),
                Map.copyOf(wanted));
    }

    private static PathRewrite rewrite(Section section) {
        var strip = section.optional(
                "strip",
                new Value<>("a path such as /api/v1", text -> {
                    var pattern = PathPattern.parse(text);
                    if (pattern.kind() == PathPattern.Kind.EXACT) {
                        throw new IllegalArgumentException(text);
                    }
                    return pattern;
                }),
                "Taken away from the front of the path.");
        var add = section.optional(
                "add",
                new Value<>("a path without a slash at its end", text -> {
                    PathRewrite.of(PathPattern.parse("/"), text);
                    return text;
                }),
                "Put in front of the path.");
        var replace = section.section("replace");
        var regex = replace.optional("regex", Value.TEXT, "Pattern in RE2 syntax.");
        var with = replace.value("with", Value.TEXT, "", "What takes its place; $1 for a group.");
        if (strip.isEmpty() && add.isEmpty() && regex.isEmpty()) {
            return PathRewrite.NONE;
        }
        var rewrite = PathRewrite.of(strip.orElse(PathPattern.parse("/")), add.orElse(""));
        if (regex.isEmpty()) {
            return rewrite;
        }
        try {
            return rewrite.replacing(regex.get(), with);
        } catch (io.triport.domain.request.InvalidInput e) {
            throw replace.error("regex", regex.get(), "a pattern in RE2 syntax, and groups that it has");
        }
    }

    private static Forwarding forwarding(Section section) {
        var named = section.list(
                "identityHeaders",
                Value.matching("email|scopes", "email or scopes"),
                "What else of the principal is sent: X-User-Email, X-User-Scopes.");
        return new Forwarding(
                section.value(
                        "forwardAuthorization", Value.SWITCH, "false", "Whether Authorization goes to the upstream."),
                section.value(
                        "preserveHost", Value.SWITCH, "false", "Whether the upstream gets the Host of the request."),
                section.value("userId", Value.oneOf(UserId.values()), "subject", "What X-User-ID says."),
                named.contains("email"),
                named.contains("scopes"),
                section.has("identityAssertion") ? assertion(section.section("identityAssertion")) : null);
    }

    private static Assertion assertion(Section section) {
        var audience = section.optional(
                        "audience", Value.matching("\\S{1,255}", "a name for the upstream"), "The claim aud.")
                .orElseThrow(() -> section.error("audience", "missing", "a name for the upstream"));
        var ttl = section.value(
                "ttl",
                Value.duration(Duration.ofSeconds(1), IdentityAssertion.LONGEST),
                "60s",
                "How long the assertion holds.");
        return new Assertion(audience, ttl);
    }
}
