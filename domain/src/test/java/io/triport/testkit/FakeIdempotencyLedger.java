package io.triport.testkit;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import java.time.Duration;

/** The repeatable calls of a {@link FakeStorageEngine}. */
final class FakeIdempotencyLedger implements IdempotencyLedger {
    private static final Duration KEPT = Duration.ofHours(24);

    private final FakeStorageEngine engine;

    FakeIdempotencyLedger(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public IdempotencyClaim claim(IdempotentCall call) {
        return engine.locked(state -> {
            var remembered = state.calls().get(name(call));
            if (remembered == null || !engine.clock().instant().isBefore(remembered.until())) {
                return new IdempotencyClaim.First();
            }
            return remembered.content().equals(call.content())
                    ? new IdempotencyClaim.Repeated(remembered.answer())
                    : new IdempotencyClaim.Differs();
        });
    }

    @Override
    public void remember(IdempotentCall call, Bytes answer) {
        var until = engine.clock().instant().plus(KEPT);
        engine.locked(state -> state.calls().put(name(call), new FakeState.Remembered(call.content(), answer, until)));
    }

    @Override
    public void forget(IdempotentCall call) {
        engine.locked(state -> state.calls()
                .computeIfPresent(name(call), (name, kept) -> kept.content().equals(call.content()) ? null : kept));
    }

    private static FakeState.CallName name(IdempotentCall call) {
        return new FakeState.CallName(call.caller(), call.operation(), call.key());
    }
}
