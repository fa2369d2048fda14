package io.triport.storage.memory;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotencyLedger;
import io.triport.domain.storage.IdempotentCall;
import java.time.Clock;
import java.time.Duration;

/** The repeatable calls in memory. The lock of a unit lets the second of two equal calls wait for the first. */
final class MemoryIdempotencyLedger implements IdempotencyLedger {
    private static final Duration KEPT = Duration.ofHours(24);

    private final MemoryData data;
    private final Clock clock;

    MemoryIdempotencyLedger(MemoryData data, Clock clock) {
        this.data = data;
        this.clock = clock;
    }

    @Override
    public IdempotencyClaim claim(IdempotentCall call) {
        return data.read(() -> {
            var remembered = data.call(name(call));
            if (remembered == null || !clock.instant().isBefore(remembered.until())) {
                return new IdempotencyClaim.First();
            }
            return remembered.content().equals(call.content())
                    ? new IdempotencyClaim.Repeated(remembered.answer())
                    : new IdempotencyClaim.Differs();
        });
    }

    @Override
    public void remember(IdempotentCall call, Bytes answer) {
        var until = clock.instant().plus(KEPT);
        data.write(() -> {
            data.remember(name(call), new MemoryData.RememberedCall(call.content(), answer, until));
            return until;
        });
    }

    @Override
    public void forget(IdempotentCall call) {
        data.write(() -> {
            var remembered = data.call(name(call));
            if (remembered != null && remembered.content().equals(call.content())) {
                data.forget(name(call));
            }
            return call;
        });
    }

    private static MemoryData.CallName name(IdempotentCall call) {
        return new MemoryData.CallName(call.caller(), call.operation(), call.key());
    }
}
