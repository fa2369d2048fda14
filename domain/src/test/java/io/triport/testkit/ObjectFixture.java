package io.triport.testkit;

import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.ObjectStoreInfo;
import java.util.Set;

/** What an adapter gives {@link ObjectStoreContract}: a bucket of its own, empty at first. */
public interface ObjectFixture extends AutoCloseable {
    /** The bucket. Asked for another versioning than OFF only with {@link ObjectAbility#VERSIONS}. */
    ObjectStore store(Versioning versioning);

    /** What the store declares. */
    ObjectStoreInfo info();

    /** REOPEN is among those of a store that promises to survive the loss of power. */
    Set<ObjectAbility> abilities();

    /** Asked with {@link ObjectAbility#CLOCK} only. */
    default SettableClock clock() {
        throw new UnsupportedOperationException("clock");
    }

    /** Runs what the store does from time to time. Asked with {@link ObjectAbility#CLOCK} only. */
    default void sweep() {
        throw new UnsupportedOperationException("sweep");
    }

    /** Closes the store and opens it over the same data. Asked with {@link ObjectAbility#REOPEN} only. */
    default void reopen() {
        throw new UnsupportedOperationException("reopen");
    }

    /** Steps of a write at which a process can be killed. Asked with {@link ObjectAbility#KILL} only. */
    default Set<String> steps() {
        return Set.of();
    }

    /**
     * Closes the store, lets another process run {@link KilledObjectWriter#write} on the same data until it reaches the step, kills
     * it there, and opens the store again.
     */
    default void killAt(String step) {
        throw new UnsupportedOperationException("kill: " + step);
    }

    /** How many runs of bytes lie there that no object and no upload has. Asked with KILL only. */
    default int leftOver() {
        throw new UnsupportedOperationException("left over");
    }

    /** Changes one bit of an object's bytes where they lie. Asked with FLIP_BIT only. @param at offset of the bit's byte */
    default void flipBit(ObjectKey key, long at) {
        throw new UnsupportedOperationException("flip: " + key);
    }

    /** Leaves so much room on the disk. Asked with FULL_DISK only. */
    default void room(ByteSize left) {
        throw new UnsupportedOperationException("room: " + left);
    }

    /** Puts and gets an object of the size in another process with a heap of 64 MiB. @return the MD5 of what was got, in hex */
    default String passThroughSmallHeap(ByteSize size) {
        throw new UnsupportedOperationException("heap: " + size);
    }

    @Override
    void close();
}
