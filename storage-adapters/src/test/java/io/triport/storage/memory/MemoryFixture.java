package io.triport.storage.memory;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.testkit.Ability;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.StorageFixture;
import java.util.List;
import java.util.Set;

/** A memory of its own. */
final class MemoryFixture implements StorageFixture {
    private final SettableClock clock = SettableClock.anywhere();
    private final Memory memory = Memory.open(clock, new SeededRandomness(1));

    @Override
    public StorageEngine engine() {
        return memory.engine();
    }

    @Override
    public StorageEngine reopen() {
        throw new UnsupportedOperationException("memory does not survive");
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public StorageEngine beside() {
        return Memory.open(clock, new SeededRandomness(2)).engine();
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    @Override
    public List<Integer> killWhileWriting(NamespaceTitle namespace) {
        throw new UnsupportedOperationException("memory does not survive");
    }

    @Override
    public void close() {
        memory.engine().close();
    }
}
