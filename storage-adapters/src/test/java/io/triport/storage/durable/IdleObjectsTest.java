package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.storage.memory.Memory;
import io.triport.testkit.SettableTicker;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What objects cost that nobody asks: the case DO-19. */
final class IdleObjectsTest {
    private static final int OBJECTS = 10_000;
    private static final long MOST_BYTES = 2_048;

    @Test
    @Tag("DO-19")
    void an_idle_object_takes_at_most_two_kibibytes_of_heap() {
        var turns = new TurnsFixture(Memory::states, new SettableTicker(), () -> {});
        var objects = turns.open(TurnsFixture.counters())
                .objects(new ObjectClass(TurnsFixture.COUNTERS))
                .orElseThrow();
        objects.inTurn(objects.fresh(), new ObjectEvent("look"));
        var before = used();

        for (var i = 0; i < OBJECTS; i++) {
            objects.inTurn(objects.fresh(), new ObjectEvent("look"));
        }
        var each = (used() - before) / OBJECTS;

        assertThat(each).isLessThanOrEqualTo(MOST_BYTES);
        turns.close();
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
