package io.triport.objects.admin;

import io.triport.objects.stored.Kind;
import io.triport.objects.wire.Percent;
import io.triport.objects.wire.S3Refused;
import java.util.Arrays;
import java.util.Optional;

/** What a path is about. */
sealed interface AdminPath {
    String BELOW = "/admin/v1/";

    /** All of a kind. */
    record All(Kind kind) implements AdminPath {}

    /** One of them. */
    record One(Kind kind, String name) implements AdminPath {}

    /** The sessions of a role. */
    record Sessions(String role) implements AdminPath {}

    /** Sessions that were taken back. */
    record Revocations() implements AdminPath {}

    /** What was used of the quotas of all buckets. */
    record Usages() implements AdminPath {}

    /** The same of one bucket. */
    record UsageOf(String bucket) implements AdminPath {}

    /** @throws AdminRefused where there is nothing */
    static AdminPath parse(String path) {
        var parts = path.substring(BELOW.length()).split("/", -1);
        if (parts.length == 1 && parts[0].equals("revocations")) {
            return new Revocations();
        }
        if (parts[0].equals("usage") && parts.length == 1) {
            return new Usages();
        }
        if (parts[0].equals("usage") && parts.length == 2 && !parts[1].isEmpty()) {
            return new UsageOf(name(parts[1]));
        }
        var kind = kind(parts[0]);
        if (kind.isPresent() && parts.length == 1) {
            return new All(kind.get());
        }
        if (kind.isPresent() && parts.length == 2 && !parts[1].isEmpty()) {
            return new One(kind.get(), name(parts[1]));
        }
        if (kind.filter(Kind.ROLE::equals).isPresent() && parts.length == 3 && parts[2].equals("revoke-sessions")) {
            return new Sessions(name(parts[1]));
        }
        throw AdminProblem.NOT_FOUND.refused();
    }

    private static Optional<Kind> kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> word.equals(kind.word() + "s"))
                .findFirst();
    }

    private static String name(String part) {
        try {
            return Percent.decodeText(part);
        } catch (S3Refused e) {
            throw AdminProblem.BAD_REQUEST.refused("path: " + part + " (expected: percent-encoded UTF-8)");
        }
    }
}
