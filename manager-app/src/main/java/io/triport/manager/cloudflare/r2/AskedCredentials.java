package io.triport.manager.cloudflare.r2;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.object.BucketName;
import io.triport.identity.sts.SessionMint;
import io.triport.manager.answer.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Temporary credentials that a caller asks for.
 *
 * @param objects keys of single objects, 1..1024 bytes each
 * @param prefixes of keys, 1..1024 bytes each; with neither of the two it is the whole bucket
 * @param length 1 s to {@link SessionMint#LONGEST}
 */
record AskedCredentials(
        BucketName bucket,
        AccessKeyId parent,
        Reach reach,
        Duration length,
        List<String> objects,
        List<String> prefixes) {
    private static final String OBJECTS = "objects";
    private static final String PREFIXES = "prefixes";

    /** One that is not known may have been meant to narrow. */
    private static final Set<String> MEMBERS =
            Set.of("bucket", "parentAccessKeyId", "permission", "ttlSeconds", OBJECTS, PREFIXES);

    private static final long USUAL = 900;
    private static final int MOST = 100;

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    AskedCredentials {
        if (length.toSeconds() < 1 || length.compareTo(SessionMint.LONGEST) > 0) {
            throw Fields.invalid("ttlSeconds", "1.." + SessionMint.LONGEST.toSeconds());
        }
        objects = few(OBJECTS, objects);
        prefixes = few(PREFIXES, prefixes);
    }

    private static List<String> few(String name, List<String> texts) {
        if (texts.size() > MOST || texts.contains("")) {
            throw Fields.invalid(name, "1.." + MOST + " texts of 1..1024 bytes, or left out");
        }
        return List.copyOf(texts);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT @throws io.triport.domain.request.InvalidInput for names that cannot be */
    static AskedCredentials read(Fields fields) {
        fields.object().fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw Fields.invalid(
                        "a member", "one of bucket, parentAccessKeyId, permission, ttlSeconds, objects, prefixes");
            }
        });
        return new AskedCredentials(
                new BucketName(fields.required("bucket")),
                new AccessKeyId(fields.required("parentAccessKeyId")),
                Reach.named(fields.required("permission")),
                Duration.ofSeconds(fields.whole("ttlSeconds").orElse(USUAL)),
                texts(fields, OBJECTS),
                texts(fields, PREFIXES));
    }

    /** An empty list is refused: who narrows to nothing must not be given the whole bucket. */
    private static List<String> texts(Fields fields, String name) {
        var given = fields.any(name);
        if (given.isPresent() && given.get().isEmpty()) {
            throw Fields.invalid(name, "a list with something in it, or left out");
        }
        return given.isPresent() ? fields.texts(name) : List.of();
    }

    /** What they open, if the key behind them opens it. @throws io.triport.domain.request.InvalidInput for a key that is too long */
    Permissions permissions() {
        if (objects.isEmpty() && prefixes.isEmpty()) {
            return Permissions.of(rule(reach.wholly(), Set.of(KeyPrefix.EVERY)));
        }
        var rules = new ArrayList<Permission>();
        if (!prefixes.isEmpty()) {
            rules.add(rule(reach.under(), all(prefixes, KeyPrefix::of)));
        }
        if (!objects.isEmpty()) {
            rules.add(rule(reach.singly(), all(objects, KeyPrefix::only)));
        }
        return new Permissions(rules);
    }

    private Permission rule(Set<Action> actions, Set<KeyPrefix> keys) {
        return new Permission(actions, Set.of(ResourcePattern.exactly(bucket.text())), keys);
    }

    private static Set<KeyPrefix> all(List<String> texts, Function<String, KeyPrefix> form) {
        return texts.stream().map(form).collect(Collectors.toUnmodifiableSet());
    }
}
