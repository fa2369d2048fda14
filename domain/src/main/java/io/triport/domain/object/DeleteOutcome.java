package io.triport.domain.object;

import org.jspecify.annotations.Nullable;

/** What became of one object of a delete. */
public sealed interface DeleteOutcome {
    ObjectRef object();

    /**
     * It is gone, or was not there.
     *
     * @param version the version that was removed, or the marker that was made; null where the bucket keeps none
     * @param marker whether that version is a delete marker
     */
    record Deleted(ObjectRef object, @Nullable VersionId version, boolean marker) implements DeleteOutcome {}

    record PreconditionFailed(ObjectRef object) implements DeleteOutcome {}

    /** The condition names what has to be there, and nothing is. */
    record Missing(ObjectRef object) implements DeleteOutcome {}

    /** The caller may not delete this one. */
    record Denied(ObjectRef object) implements DeleteOutcome {}

    /** The store could not delete this one; whether it is gone is not known. */
    record Failed(ObjectRef object) implements DeleteOutcome {}
}
