package io.triport.objects.bucket;

import io.triport.domain.identity.Role;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.request.ByteSize;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A bucket as it is configured.
 *
 * @param roles of sessions that may come here; empty for all
 * @param mostBytes of an object
 * @param created what listings of buckets say
 * @param listing how its keys are shown
 */
public record Bucket(
        BucketBinding binding,
        AnonymousAccess anonymous,
        Set<Role> roles,
        List<CorsRule> cors,
        ByteSize mostBytes,
        Writes writes,
        Instant created,
        BucketListing listing) {
    /** Whether anything may be changed. */
    public enum Writes {
        ALLOWED,
        REFUSED
    }

    public Bucket {
        roles = Set.copyOf(roles);
        cors = List.copyOf(cors);
    }

    public BucketName name() {
        return binding.name();
    }

    /** Whether a caller of these roles may come here; who has none comes with a key of its own. */
    public boolean open(Set<Role> held) {
        return roles.isEmpty() || held.isEmpty() || held.stream().anyMatch(roles::contains);
    }
}
