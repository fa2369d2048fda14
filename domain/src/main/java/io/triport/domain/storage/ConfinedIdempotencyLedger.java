package io.triport.domain.storage;

import io.triport.domain.request.Bytes;

/** The repeatable calls of one principal. */
final class ConfinedIdempotencyLedger implements IdempotencyLedger {
    private final IdempotencyLedger ledger;
    private final GrantGuard guard;

    ConfinedIdempotencyLedger(IdempotencyLedger ledger, GrantGuard guard) {
        this.ledger = ledger;
        this.guard = guard;
    }

    @Override
    public IdempotencyClaim claim(IdempotentCall call) {
        guard.requireLive();
        return ledger.claim(own(call));
    }

    @Override
    public void remember(IdempotentCall call, Bytes answer) {
        guard.requireLive();
        ledger.remember(own(call), answer);
    }

    @Override
    public void forget(IdempotentCall call) {
        guard.requireLive();
        ledger.forget(own(call));
    }

    private IdempotentCall own(IdempotentCall call) {
        var caller = guard.grant().principal().id().unique();
        return new IdempotentCall(caller, call.operation(), call.key(), call.content());
    }
}
