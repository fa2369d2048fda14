package io.triport.identity.sts;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.jose.StrictJson;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy that whoever asks for a session sends along, so that it opens less (Session policies, AWS IAM). Read as permissions;
 * what they cannot express is refused and never passed over: statements that deny, conditions, and keys that are not those under
 * a prefix with a slash behind it.
 */
record SessionPolicy(Permissions permissions, int characters) {
    static final int MOST_CHARACTERS = 2_048;

    private static final StrictJson JSON = new StrictJson(8, 256);
    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT = Set.of("Sid", "Effect", "Action", "Resource");
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final String ARN = "arn:aws:s3:::";

    /** @throws StsRefusal when it is too long, or says what permissions cannot */
    static SessionPolicy parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new StsRefusal(StsProblem.Code.POLICY_TOO_LARGE, "The policy is longer than 2048 characters");
        }
        var policy = JSON.read(utf8(text)).orElseThrow(() -> malformed("no object of JSON"));
        known(policy, MEMBERS);
        var version = policy.members().get("Version");
        if (version != null && !VERSIONS.contains(text(version))) {
            throw malformed("a version that is not known");
        }
        var rules = new ArrayList<Permission>();
        for (var statement : listed(policy.members().get("Statement"))) {
            if (!(statement instanceof ClaimValue.Members members)) {
                throw malformed("a statement that is no object");
            }
            rules.addAll(rules(members));
        }
        return new SessionPolicy(new Permissions(rules), text.length());
    }

    /** How much of the room for policies it takes, 1 to 100. */
    int percent() {
        return Math.max(1, (characters * 100 + MOST_CHARACTERS - 1) / MOST_CHARACTERS);
    }

    static StsRefusal malformed(String what) {
        return new StsRefusal(StsProblem.Code.MALFORMED_POLICY, "The policy has " + what);
    }

    private static List<Permission> rules(ClaimValue.Members statement) {
        known(statement, STATEMENT);
        var effect = statement.members().get("Effect");
        if (effect == null || !text(effect).equals("Allow")) {
            throw malformed("a statement that does not allow");
        }
        var actions = PolicyActions.meant(texts(statement.members(), "Action"));
        var rules = new ArrayList<Permission>();
        for (var resource : texts(statement.members(), "Resource")) {
            rules.addAll(rules(actions, resource));
        }
        return rules;
    }

    private static List<Permission> rules(Set<Action> actions, String resource) {
        var onBuckets = EnumSet.noneOf(Action.class);
        onBuckets.addAll(actions);
        onBuckets.retainAll(PolicyActions.ON_BUCKETS);
        var onObjects = EnumSet.noneOf(Action.class);
        onObjects.addAll(actions);
        onObjects.removeAll(PolicyActions.ON_BUCKETS);
        if (resource.equals("*")) {
            return List.of(rule(actions, "*", KeyPrefix.EVERY));
        }
        if (!resource.startsWith(ARN) || resource.length() == ARN.length()) {
            throw malformed("a resource that is neither * nor of S3");
        }
        var name = resource.substring(ARN.length());
        var slash = name.indexOf('/');
        if (slash < 0) {
            // A star at the end goes on behind the slash, into the bucket.
            return List.of(rule(name.endsWith("*") ? actions : onBuckets, name, KeyPrefix.EVERY));
        }
        return List.of(rule(onObjects, name.substring(0, slash), prefix(name.substring(slash + 1))));
    }

    private static Permission rule(Set<Action> actions, String bucket, KeyPrefix prefix) {
        return new Permission(actions, Set.of(ResourcePattern.like(Glob.parse(bucket))), Set.of(prefix));
    }

    private static KeyPrefix prefix(String keys) {
        var before = keys.endsWith("*") ? keys.substring(0, keys.length() - 1) : keys;
        var whole = before.isEmpty() || before.endsWith("/");
        if (!keys.endsWith("*") || !whole || before.indexOf('*') >= 0 || before.indexOf('?') >= 0) {
            throw malformed("keys that are not those under a prefix, such as folder/*");
        }
        // A variable of a policy would be taken by its letters.
        if (before.contains("${")) {
            throw malformed("a variable");
        }
        try {
            return KeyPrefix.of(before);
        } catch (InvalidInput e) {
            throw malformed("a key longer than 1024 bytes");
        }
    }

    private static List<String> texts(Map<String, ClaimValue> members, String name) {
        var texts = listed(members.get(name)).stream().map(SessionPolicy::text).toList();
        if (texts.isEmpty()) {
            throw malformed("a statement without " + name);
        }
        return texts;
    }

    /** One value, or a list of them. */
    private static List<ClaimValue> listed(@Nullable ClaimValue value) {
        return switch (value) {
            case null -> throw malformed("a member that is missing");
            case ClaimValue.Listing(var items) -> items;
            default -> List.of(value);
        };
    }

    private static String text(ClaimValue value) {
        if (value instanceof ClaimValue.Text(var text)) {
            return text;
        }
        throw malformed("something else than text");
    }

    private static void known(ClaimValue.Members object, Set<String> names) {
        if (!names.containsAll(object.members().keySet())) {
            throw malformed("a member that sessions cannot express");
        }
    }

    private static Bytes utf8(String text) {
        try {
            return Bytes.utf8(text);
        } catch (InvalidInput e) {
            throw malformed("characters that are none");
        }
    }
}
