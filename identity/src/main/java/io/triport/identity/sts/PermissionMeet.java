package io.triport.identity.sts;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;

/** What two sets of permissions both permit. Refuses what cannot be said as permissions again. */
final class PermissionMeet {
    private static final Glob EVERY = Glob.parse("*");

    private PermissionMeet() {}

    /** @throws StsRefusal when patterns of buckets cross in a way that no pattern expresses */
    static Permissions of(Permissions one, Permissions other) {
        var rules = new ArrayList<Permission>();
        for (var left : one.rules()) {
            for (var right : other.rules()) {
                meet(left, right).ifPresent(rules::add);
            }
        }
        return new Permissions(rules.stream().distinct().toList());
    }

    private static Optional<Permission> meet(Permission one, Permission other) {
        var actions = EnumSet.noneOf(Action.class);
        actions.addAll(one.actions());
        actions.retainAll(other.actions());
        if (actions.isEmpty()) {
            return Optional.empty();
        }
        var prefixes = KeyPrefix.commonSegments(one.prefixes(), other.prefixes());
        if (prefixes.isEmpty()) {
            return Optional.empty();
        }
        var buckets = new HashSet<ResourcePattern>();
        for (var left : one.containers()) {
            for (var right : other.containers()) {
                bucket(glob(left), glob(right)).map(ResourcePattern::like).ifPresent(buckets::add);
            }
        }
        return buckets.isEmpty() ? Optional.empty() : Optional.of(new Permission(actions, buckets, prefixes));
    }

    private static Optional<Glob> bucket(Glob one, Glob other) {
        if (one.equals(other) || other.equals(EVERY)) {
            return Optional.of(one);
        }
        if (one.equals(EVERY)) {
            return Optional.of(other);
        }
        var exact = exact(one);
        var exactOther = exact(other);
        if (exact.isPresent()) {
            return exact.filter(other::matches).map(name -> one);
        }
        if (exactOther.isPresent()) {
            return exactOther.filter(one::matches).map(name -> other);
        }
        throw SessionPolicy.malformed("a pattern of buckets that cannot be combined with that of the role");
    }

    private static Glob glob(ResourcePattern pattern) {
        return switch (pattern) {
            case ResourcePattern.All all -> EVERY;
            case ResourcePattern.Exactly(var name) -> new Glob(java.util.List.of(new Glob.Literal(name)));
            case ResourcePattern.Like(var glob) -> glob;
            case ResourcePattern.Except except ->
                throw SessionPolicy.malformed("a pattern of buckets without exceptions");
        };
    }

    /** The one name that a pattern without stars means. */
    private static Optional<String> exact(Glob glob) {
        return glob.parts().stream().allMatch(Glob.Literal.class::isInstance)
                ? Optional.of(glob.parts().stream()
                        .map(part -> ((Glob.Literal) part).text())
                        .collect(java.util.stream.Collectors.joining()))
                : Optional.empty();
    }
}
