package io.triport.testkit;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.StorageEngine;
import java.util.List;
import java.util.Set;

/** What an adapter gives the contracts: an engine over data of its own, empty at first. */
public interface StorageFixture extends AutoCloseable {
    /** The engine, the same until {@link #reopen}. Its clock is {@link #clock}. */
    StorageEngine engine();

    /** Closes the engine and opens one over the same data, which {@link #engine} gives from then on. */
    StorageEngine reopen();

    SettableClock clock();

    Set<Capability> capabilities();

    /**
     * Closes the engine, kills a process in the middle of writing to the same data with {@link KilledWriter}, and opens the
     * engine again. Asked only of those that claim {@link Capability#SURVIVES_KILL}.
     *
     * @return the numbers that {@link KilledWriter} was told to be written
     */
    List<Integer> killWhileWriting(NamespaceTitle namespace);

    /**
     * The same for a queue, with {@link KilledSender}.
     *
     * @return the numbers that {@link KilledSender} told to be sent
     */
    default List<Integer> killWhileSending(QueueDefinition queue) {
        throw new UnsupportedOperationException("memory does not survive");
    }

    /** Closes the engine and removes its data. */
    @Override
    void close();
}
