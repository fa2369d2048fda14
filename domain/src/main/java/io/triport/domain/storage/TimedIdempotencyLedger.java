package io.triport.domain.storage;

import io.triport.domain.request.Bytes;

/** A ledger whose calls are told to the log. */
final class TimedIdempotencyLedger implements IdempotencyLedger {
    private final IdempotencyLedger ledger;
    private final CallTimer timer;

    TimedIdempotencyLedger(IdempotencyLedger ledger, CallTimer timer) {
        this.ledger = ledger;
        this.timer = timer;
    }

    @Override
    public IdempotencyClaim claim(IdempotentCall call) {
        return timer.change(
                "claim",
                () -> ledger.claim(call),
                claim -> new StorageCall.Done("first", Boolean.toString(claim instanceof IdempotencyClaim.First)));
    }

    @Override
    public void remember(IdempotentCall call, Bytes answer) {
        timer.change(
                "remember",
                () -> {
                    ledger.remember(call, answer);
                    return answer;
                },
                kept -> new StorageCall.Done("bytes", Integer.toString(kept.size())));
    }

    @Override
    public void forget(IdempotentCall call) {
        timer.change(
                "forget",
                () -> {
                    ledger.forget(call);
                    return true;
                },
                done -> new StorageCall.Done("forgotten", done.toString()));
    }
}
