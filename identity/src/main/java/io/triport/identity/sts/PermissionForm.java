package io.triport.identity.sts;

import io.triport.domain.access.ActionNames;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.request.InvalidInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Permissions as JSON, to and from. Buckets are patterns in pieces, of which one with a {@code =} before it is text as it stands. */
final class PermissionForm {
    private static final String BUCKETS = "b";
    private static final String PREFIXES = "x";
    private static final String KEYS = "k";
    private static final String ACTIONS = "a";
    private static final String LITERAL = "=";
    private static final String RUN = "*";
    private static final String ONE = "?";

    private PermissionForm() {}

    static ClaimValue write(Permissions permissions) {
        return new ClaimValue.Listing(
                permissions.rules().stream().map(PermissionForm::write).toList());
    }

    /** @throws InvalidInput for anything that {@link #write} does not make */
    static Permissions read(@org.jspecify.annotations.Nullable ClaimValue value) {
        var rules = new ArrayList<Permission>();
        for (var item : items(value)) {
            if (!(item instanceof ClaimValue.Members(var members))) {
                throw refusal();
            }
            rules.add(rule(members));
        }
        return new Permissions(rules);
    }

    private static ClaimValue write(Permission rule) {
        var members = new LinkedHashMap<String, ClaimValue>();
        members.put(
                BUCKETS,
                new ClaimValue.Listing(rule.containers().stream()
                        .map(PermissionForm::pieces)
                        .<ClaimValue>map(PermissionForm::texts)
                        .toList()));
        if (!rule.prefixes().contains(KeyPrefix.EVERY)) {
            members.put(PREFIXES, texts(keys(rule, false)));
            if (rule.prefixes().stream().anyMatch(KeyPrefix::alone)) {
                members.put(KEYS, texts(keys(rule, true)));
            }
        }
        members.put(ACTIONS, texts(ActionNames.of(rule.actions()).stream()));
        return new ClaimValue.Members(members);
    }

    private static Stream<String> keys(Permission rule, boolean alone) {
        return rule.prefixes().stream()
                .filter(prefix -> prefix.alone() == alone)
                .map(prefix -> prefix.bytes().toUtf8())
                .sorted();
    }

    private static Stream<String> pieces(ResourcePattern pattern) {
        return switch (pattern) {
            case ResourcePattern.All all -> Stream.of(RUN);
            case ResourcePattern.Exactly(var name) -> Stream.of(LITERAL + name);
            case ResourcePattern.Like(var glob) ->
                glob.parts().stream().map(part -> switch (part) {
                    case Glob.Literal(var text) -> LITERAL + text;
                    case Glob.Run run -> RUN;
                    case Glob.One one -> ONE;
                });
            case ResourcePattern.Except except ->
                throw new IllegalArgumentException(
                        "buckets: with exceptions (expected: a pattern that a session can carry)");
        };
    }

    private static Permission rule(Map<String, ClaimValue> members) {
        var buckets = new HashSet<ResourcePattern>();
        for (var bucket : items(members.get(BUCKETS))) {
            buckets.add(ResourcePattern.like(
                    new Glob(texts(bucket).map(PermissionForm::piece).toList())));
        }
        var prefixes = new HashSet<KeyPrefix>();
        if (members.containsKey(PREFIXES)) {
            texts(members.get(PREFIXES)).map(KeyPrefix::of).forEach(prefixes::add);
        } else {
            prefixes.add(KeyPrefix.EVERY);
        }
        if (members.containsKey(KEYS)) {
            texts(members.get(KEYS)).map(KeyPrefix::only).forEach(prefixes::add);
        }
        return new Permission(ActionNames.parse(texts(members.get(ACTIONS)).toList()), buckets, prefixes);
    }

    private static Glob.Part piece(String text) {
        return switch (text) {
            case RUN -> new Glob.Run();
            case ONE -> new Glob.One();
            default -> {
                if (!text.startsWith(LITERAL)) {
                    throw refusal();
                }
                yield new Glob.Literal(text.substring(1));
            }
        };
    }

    private static ClaimValue texts(Stream<String> texts) {
        return new ClaimValue.Listing(
                texts.<ClaimValue>map(ClaimValue.Text::new).toList());
    }

    private static Stream<String> texts(@org.jspecify.annotations.Nullable ClaimValue value) {
        return items(value).stream().map(item -> {
            if (item instanceof ClaimValue.Text(var text)) {
                return text;
            }
            throw refusal();
        });
    }

    private static List<ClaimValue> items(@org.jspecify.annotations.Nullable ClaimValue value) {
        if (value instanceof ClaimValue.Listing(var items)) {
            return items;
        }
        throw refusal();
    }

    private static InvalidInput refusal() {
        return new InvalidInput("permissions", "rules of a session");
    }
}
