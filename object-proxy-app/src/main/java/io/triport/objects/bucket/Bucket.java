package io.triport.objects.bucket;

import io.triport.domain.identity.Role;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Tags;
import io.triport.domain.request.ByteSize;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as it is configured.
 *
 * @param roles of sessions that may come here; empty for all
 * @param mostBytes of an object
 * @param listing how its keys are shown
 * @param quota of the bytes that pass; null for none
 */
public record Bucket(
        BucketBinding binding,
        AnonymousAccess anonymous,
        Set<Role> roles,
        List<CorsRule> cors,
        ByteSize mostBytes,
        Writes writes,
        BucketListing listing,
        About about,
        @Nullable Quota quota) {
    /**
     * What is told of a bucket and has no effect.
     *
     * @param owner who made it by a request; empty where it was configured
     */
    public record About(Instant created, String owner, Tags tags) {
        /** Of a bucket of which nobody says more. */
        public static final About NOTHING = new About(Instant.EPOCH, "", Tags.NONE);
    }

    /** Whether anything may be changed. */
    public enum Writes {
        ALLOWED,
        REFUSED
    }

    public Bucket {
        roles = Set.copyOf(roles);
        cors = List.copyOf(cors);
    }

    public Bucket within(Quota other) {
        return new Bucket(binding, anonymous, roles, cors, mostBytes, writes, listing, about, other);
    }

    public BucketName name() {
        return binding.name();
    }

    /** Whether a caller of these roles may come here; who has none comes with a key of its own. */
    public boolean open(Set<Role> held) {
        return roles.isEmpty() || held.isEmpty() || held.stream().anyMatch(roles::contains);
    }
}
