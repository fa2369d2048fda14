package io.triport.identity.launch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.time.Ticker;
import io.triport.identity.log.RequestLog;

/** Events through a gate of a test. */
final class TestEvents {
    private TestEvents() {}

    static Events of(AccessGate gate, Ticker ticker) {
        return new Events(gate, new RequestLog(new SimpleMeterRegistry(), ticker), ticker);
    }
}
