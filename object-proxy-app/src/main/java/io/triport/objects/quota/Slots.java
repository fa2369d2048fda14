package io.triport.objects.quota;

import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/** Bytes by slots of time. For one thread at a time: whoever has it guards it. */
final class Slots {
    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int ENTRY = 2 * Long.BYTES;

    private final long slotSeconds;
    private final TreeMap<Long, Long> bytes = new TreeMap<>();

    Slots(long slotSeconds) {
        this.slotSeconds = slotSeconds;
    }

    /** What {@link #toBytes} gave. */
    static Slots parse(ByteBuffer text) {
        var slots = new Slots(text.getLong());
        for (var count = text.getInt(); count > 0; count--) {
            slots.add(text.getLong(), text.getLong());
        }
        return slots;
    }

    long slotSeconds() {
        return slotSeconds;
    }

    void add(long slot, long more) {
        if (more != 0) {
            bytes.merge(slot, more, Long::sum);
        }
    }

    void addAll(Slots other) {
        other.in(slotSeconds).bytes.forEach(this::add);
    }

    void forgetBefore(long oldest) {
        bytes.headMap(oldest).clear();
    }

    void clear() {
        bytes.clear();
    }

    boolean isEmpty() {
        return bytes.isEmpty();
    }

    long sum(long oldest) {
        return bytes.tailMap(oldest).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    SortedMap<Long, Long> from(long oldest) {
        return new TreeMap<>(bytes.tailMap(oldest));
    }

    /** The same in slots of another length, each in the one in which it ended: rather too late than too early forgotten. */
    Slots in(long seconds) {
        if (seconds == slotSeconds) {
            return this;
        }
        var other = new Slots(seconds);
        bytes.forEach((slot, count) -> other.add(Math.floorDiv((slot + 1) * slotSeconds - 1, seconds), count));
        return other;
    }

    Bytes toBytes() {
        var text = ByteBuffer.allocate(HEAD + ENTRY * bytes.size())
                .putLong(slotSeconds)
                .putInt(bytes.size());
        bytes.forEach((slot, count) -> text.putLong(slot).putLong(count));
        return Bytes.from(text.flip());
    }
}
