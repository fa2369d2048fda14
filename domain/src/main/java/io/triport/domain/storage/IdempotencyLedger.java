package io.triport.domain.storage;

import io.triport.domain.request.Bytes;

/**
 * Remembers for 24 hours which repeatable calls were done, with their answers. Used within {@link Storage#together}, so that
 * the effect and the memory of it commit as one; of two equal calls at once the second waits for the first. Safe for many
 * threads.
 */
public interface IdempotencyLedger {
    IdempotencyClaim claim(IdempotentCall call);

    /** Keeps the answer of a call whose claim was {@link IdempotencyClaim.First}, in the place of one that was kept before. */
    void remember(IdempotentCall call, Bytes answer);

    /** Lets go of a call that was certainly not done, so that its next claim is the first. Not one of the same key with another content. */
    void forget(IdempotentCall call);
}
