package io.triport.identity.edge;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Whether what lives on the heap leaves no room for work. Asked once a second, by one thread. */
final class HeapWatch {
    /*
     * The way back
     *
     * What lives is known from the last collection of where objects grow old. An app that is not ready is sent no work, so the next
     * one may be hours away, and nobody would see that there is room again. So while there is none, a collection is asked for once a
     * minute; the app is out of service then, and its pause harms nobody.
     */
    private static final long PERCENT = 92;
    private static final int LOOKS = 60;

    private final Supplier<List<MemoryUsage>> spaces;
    private final Runnable collect;
    private int looks;

    /** @param spaces those where objects grow old, each with what the last collection left in it */
    HeapWatch(Supplier<List<MemoryUsage>> spaces, Runnable collect) {
        this.spaces = spaces;
        this.collect = collect;
    }

    static HeapWatch ofThisProcess() {
        return new HeapWatch(HeapWatch::measured, System::gc);
    }

    boolean full() {
        if (!known()) {
            looks = 0;
            return false;
        }
        looks++;
        if (looks < LOOKS) {
            return true;
        }
        looks = 0;
        collect.run();
        return known();
    }

    private boolean known() {
        return spaces.get().stream().anyMatch(HeapWatch::full);
    }

    private static boolean full(MemoryUsage after) {
        return after.getMax() > 0 && after.getUsed() * 100 >= after.getMax() * PERCENT;
    }

    // Only where objects grow old: a space for survivors may be full after each collection without any need.
    private static List<MemoryUsage> measured() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .toList();
    }
}
