package io.triport.identity.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.KilledObjectWriter;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeapWatchTest {
    private static final int LOOKS = 60;

    private final AtomicInteger collections = new AtomicInteger();

    @Test
    void a_heap_is_full_from_92_percent_on() {
        assertThat(watch(space(91, 100)).full()).isFalse();
        assertThat(watch(space(92, 100)).full()).isTrue();
        assertThat(watch(space(10, 100), space(100, 100)).full()).isTrue();
    }

    @Test
    void a_space_without_a_bound_and_one_never_collected_are_not_full() {
        assertThat(watch().full()).isFalse();
        assertThat(watch(space(0, 100)).full()).isFalse();
        assertThat(watch(space(100, -1)).full()).isFalse();
    }

    @Test
    void a_full_heap_is_collected_once_in_sixty_looks() {
        var watch = watch(space(99, 100));

        for (var look = 1; look < LOOKS; look++) {
            watch.full();
        }
        assertThat(collections).hasValue(0);
        assertThat(watch.full()).isTrue();
        assertThat(collections).hasValue(1);

        for (var look = 1; look < LOOKS; look++) {
            watch.full();
        }
        assertThat(collections).hasValue(1);
        watch.full();
        assertThat(collections).hasValue(2);
    }

    @Test
    void what_a_collection_brings_is_seen_at_once() {
        var watch = new HeapWatch(
                () -> List.of(space(collections.get() == 0 ? 99 : 10, 100)), collections::incrementAndGet);

        for (var look = 1; look < LOOKS; look++) {
            assertThat(watch.full()).isTrue();
        }

        assertThat(watch.full()).isFalse();
        assertThat(collections).hasValue(1);
    }

    /** In a process with a heap of 64 MiB. The serial collector keeps the 4 MiB of the young apart, the other does not. */
    @ParameterizedTest
    @CsvSource({"-XX:+UseSerialGC,56", "-XX:+UseG1GC,59"})
    void the_heap_of_a_process_is_full_while_too_much_is_held(String collector, String mebibytes) {
        var told = KilledObjectWriter.lines(
                FilledHeap.class.getName(), List.of("-Xmx64m", "-Xmn4m", collector), List.of(mebibytes));

        assertThat(told).containsExactly("before false", "held true", "let go false");
    }

    private HeapWatch watch(MemoryUsage... spaces) {
        return new HeapWatch(() -> List.of(spaces), collections::incrementAndGet);
    }

    /** @param max -1 for none */
    private static MemoryUsage space(long used, long max) {
        return new MemoryUsage(0, used, Math.max(used, 100), max);
    }
}
