package io.triport.identity.sts;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Secret;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Keys for sessions, and a session. */
final class TestRing {
    static final String FIRST = key(1);
    static final String SECOND = key(2);
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Permissions READ = Permissions.of(new Permission(
            Set.of(Action.OBJECT_GET, Action.OBJECT_LIST),
            Set.of(ResourcePattern.like(Glob.parse("data-*"))),
            Set.of(KeyPrefix.of("alice/"), KeyPrefix.of("böb"))));

    private TestRing() {}

    static SessionKeys ring(String... keys) {
        return SessionKeys.parse(String.join(",", keys));
    }

    static Session session(Permissions permissions) {
        return new Session(
                new AccessKeyId("ASIAABCDEFGHIJKLMNOP"),
                Secret.of("a-secret-of-forty-characters-or-so------"),
                new RoleId("reader"),
                null,
                "repo:acme/app:ref:refs/heads/main",
                "ci",
                permissions,
                NOW,
                NOW.plusSeconds(3_600),
                "token-1",
                false);
    }

    /** Permissions of so many rules that no two of are alike. */
    static Permissions many(int rules) {
        return new Permissions(IntStream.range(0, rules)
                .mapToObj(i -> new Permission(
                        Set.of(Action.OBJECT_GET),
                        Set.of(ResourcePattern.exactly("bucket-" + i)),
                        Set.of(KeyPrefix.of("prefix-" + i + "/"))))
                .collect(Collectors.toList()));
    }

    private static String key(int seed) {
        var bytes = new byte[32];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (seed * 31 + i);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }
}
