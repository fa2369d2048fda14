package io.triport.testkit;

import io.triport.domain.request.Admission;

/** What an admission left, as a number to compare with. */
public final class Remaining {
    private static final long REFUSED = -1;

    private Remaining() {}

    /** Units left in the emptiest bucket, or -1 when nothing was taken. */
    public static long of(Admission admission) {
        return admission instanceof Admission.Taken taken ? taken.remaining() : REFUSED;
    }
}
