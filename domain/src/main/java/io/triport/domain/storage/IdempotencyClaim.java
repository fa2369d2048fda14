package io.triport.domain.storage;

import io.triport.domain.request.Bytes;

/** The answer of an {@link IdempotencyLedger}. */
public sealed interface IdempotencyClaim {
    /** The call was not seen within its lifetime: do it, and remember the answer in the same unit. */
    record First() implements IdempotencyClaim {}

    /** The call was done; this was its answer. */
    record Repeated(Bytes answer) implements IdempotencyClaim {}

    /** The same key was used for another content. */
    record Differs() implements IdempotencyClaim {}
}
