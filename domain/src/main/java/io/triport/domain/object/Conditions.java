package io.triport.domain.object;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a call shall have its effect. The order of evaluation is that of RFC 9110 section 13.2.2; times count in whole seconds.
 *
 * @param ifMatch null for any
 * @param ifNoneMatch null for any; {@link ETagMatch.Any} for "only where there is nothing"
 * @param ifModifiedSince null for any time
 * @param ifUnmodifiedSince null for any time
 */
public record Conditions(
        @Nullable ETagMatch ifMatch,
        @Nullable ETagMatch ifNoneMatch,
        @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince) {
    public static final Conditions NONE = new Conditions(null, null, null, null);

    /** The write makes an object and replaces none. */
    public static final Conditions CREATE_ONLY = new Conditions(null, new ETagMatch.Any(), null, null);

    /** What the conditions say of an object that is there. */
    public enum Verdict {
        PASSES,
        /** For a read: the caller has it already. A write counts it as failed. */
        NOT_MODIFIED,
        FAILED
    }

    public static Conditions ifMatch(ETag tag) {
        return new Conditions(new ETagMatch.OneOf(Set.of(tag)), null, null, null);
    }

    public Verdict judge(ETag tag, Instant modified) {
        var at = modified.truncatedTo(ChronoUnit.SECONDS);
        if (ifMatch != null) {
            if (!ifMatch.matches(tag)) {
                return Verdict.FAILED;
            }
        } else if (ifUnmodifiedSince != null && at.isAfter(ifUnmodifiedSince.truncatedTo(ChronoUnit.SECONDS))) {
            return Verdict.FAILED;
        }
        if (ifNoneMatch != null) {
            return ifNoneMatch.matches(tag) ? Verdict.NOT_MODIFIED : Verdict.PASSES;
        }
        return ifModifiedSince != null && !at.isAfter(ifModifiedSince.truncatedTo(ChronoUnit.SECONDS))
                ? Verdict.NOT_MODIFIED
                : Verdict.PASSES;
    }

    /** Whether something has to be there: a write under {@code ifMatch} fails where nothing is. */
    public boolean needObject() {
        return ifMatch != null;
    }
}
