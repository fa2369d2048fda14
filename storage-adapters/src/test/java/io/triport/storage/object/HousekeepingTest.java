package io.triport.storage.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {
    private final Pins pins = new Pins();
    private final BusyIndex index = new BusyIndex();
    private final Housekeeping housekeeping = new Housekeeping(index, pins, Clock.systemUTC());

    @Test
    void who_closes_an_object_hears_nothing_of_an_index_that_is_busy() {
        assertThatCode(() -> housekeeping.released(7)).doesNotThrowAnyException();
        assertThat(index.reads).hasValue(1);
        assertThat(index.writes).hasValue(0);
    }

    @Test
    void parts_that_another_reader_has_open_are_not_looked_at() {
        pins.add(7);

        housekeeping.released(7);

        assertThat(index.reads).hasValue(0);
    }

    private static final class BusyIndex implements ObjectIndex {
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public <R> R read(Function<ObjectRows, R> work) {
            reads.incrementAndGet();
            throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "index: busy");
        }

        @Override
        public <R> R write(Function<ObjectChanges, R> work) {
            writes.incrementAndGet();
            throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "index: busy");
        }

        @Override
        public int mostWithRow() {
            return 0;
        }

        @Override
        public boolean answers() {
            return false;
        }

        @Override
        public CursorSeal cursors() {
            throw new StorageFailure.Unavailable(FailureCode.OVERLOADED, "index: busy");
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
