package io.triport.manager;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.ForwardingEngine;

/** An engine that keeps no answer outside of a unit, as if the process had been killed between the effect and the answer. */
final class UnkeepingEngine extends ForwardingEngine {
    UnkeepingEngine(StorageEngine engine) {
        super(engine);
    }

    @Override
    public IdempotencyLedger idempotency() {
        var calls = engine().idempotency();
        return new IdempotencyLedger() {
            @Override
            public IdempotencyClaim claim(IdempotentCall call) {
                return calls.claim(call);
            }

            @Override
            public void remember(IdempotentCall call, Bytes answer) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "dead");
            }

            @Override
            public void forget(IdempotentCall call) {
                calls.forget(call);
            }
        };
    }
}
