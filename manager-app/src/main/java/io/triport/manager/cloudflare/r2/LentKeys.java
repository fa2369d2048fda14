package io.triport.manager.cloudflare.r2;

import io.triport.domain.access.AccessKeyId;
import io.triport.domain.identity.Glob;
import io.triport.identity.sts.SessionKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Access keys of an object proxy that temporary credentials may be within.
 *
 * @param ring what the object proxy opens sessions with, of which the first key seals; null where none are given out
 * @param parents patterns of the ids of those keys
 */
public record LentKeys(@Nullable SessionKeys ring, List<Glob> parents) {
    /** For a manager that gives out none. */
    public static final LentKeys NONE = new LentKeys(null, List.of());

    public LentKeys {
        parents = List.copyOf(parents);
    }

    boolean include(AccessKeyId id) {
        return parents.stream().anyMatch(pattern -> pattern.matches(id.text()));
    }
}
