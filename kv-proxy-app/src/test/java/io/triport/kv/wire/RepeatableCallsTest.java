package io.triport.kv.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.ForwardingEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import io.triport.testkit.TestRequests;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Calls whose effect lies on another engine than the note of them. */
final class RepeatableCallsTest {
    private static final Fetch CALL =
            TestRequests.fetch(Method.POST, "/zin/sql/query", Map.of("idempotency-key", List.of("one")), "192.0.2.1");
    private static final Bytes ANSWER = Bytes.utf8("{}");

    private final SettableClock clock = SettableClock.anywhere();
    private final Notes notes = new Notes(new FakeStorageEngine(clock));
    private final RepeatableCalls calls =
            new RepeatableCalls(new Storage(notes, clock, new SettableTicker(), new RecordingStorageLog()));
    private final AtomicInteger effects = new AtomicInteger();

    /** Takes notes but for one of them. */
    private static final class Notes extends ForwardingEngine {
        private int lost;
        private int taken;

        Notes(StorageEngine engine) {
            super(engine);
        }

        @Override
        public <R> R together(Function<StorageEngine, R> unit) {
            taken++;
            if (taken == lost) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "note lost");
            }
            return engine().together(unit);
        }
    }

    @Test
    void a_call_that_is_done_is_answered_though_its_note_is_lost_and_is_not_done_again() {
        notes.lost = 2;

        assertThat(run(this::done)).isEqualTo(ANSWER);
        assertThatExceptionOfType(RemoteRefused.class)
                .isThrownBy(() -> run(this::done))
                .withMessage("OUTCOME_UNKNOWN");
        assertThat(effects).hasValue(1);
    }

    @Test
    void a_call_that_cannot_be_noted_before_is_not_done() {
        notes.lost = 1;

        assertThatExceptionOfType(StorageFailure.Unavailable.class).isThrownBy(() -> run(this::done));
        assertThat(effects).hasValue(0);
    }

    @Test
    void a_call_of_which_nobody_knows_is_not_done_again() {
        assertThatExceptionOfType(StorageFailure.Unavailable.class)
                .isThrownBy(() -> run(() -> failed(FailureCode.OUTCOME_UNKNOWN)));

        assertThatExceptionOfType(RemoteRefused.class).isThrownBy(() -> run(this::done));
        assertThat(effects).hasValue(0);
    }

    @Test
    void a_call_that_certainly_had_no_effect_may_be_made_again() {
        assertThatExceptionOfType(StorageFailure.Unavailable.class)
                .isThrownBy(() -> run(() -> failed(FailureCode.OVERLOADED)));

        assertThat(run(this::done)).isEqualTo(ANSWER);
        assertThat(run(this::done)).isEqualTo(ANSWER);
        assertThat(effects).hasValue(1);
    }

    private Bytes run(Supplier<Bytes> effect) {
        try (var grant = new TestGrants(clock).ofEverything()) {
            return calls.runApart(grant, CALL, effect);
        }
    }

    private Bytes done() {
        effects.incrementAndGet();
        return ANSWER;
    }

    private static Bytes failed(FailureCode code) {
        throw new StorageFailure.Unavailable(code, "failed");
    }
}
