package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.StorageEngine;
import java.util.List;
import java.util.Set;

/** What an adapter gives the contracts: an engine over data of its own, empty at first. */
public interface StorageFixture extends AutoCloseable {
    /** The engine, the same until {@link #reopen}. Its clock is {@link #clock}. */
    StorageEngine engine();

    /** Closes the engine and opens one over the same data, which {@link #engine} gives from then on. Asked with REOPEN only. */
    StorageEngine reopen();

    SettableClock clock();

    /**
     * Opens another engine over the same data, as another process would; it is closed with the fixture.
     *
     * @throws StorageFailure.Unavailable where the engine keeps others out
     */
    StorageEngine beside();

    /** Both of an engine that promises to survive anything. */
    Set<Ability> abilities();

    /** Whether the fixture cannot do it, and the engine may be left alone with it, since it promises to survive nothing. */
    default boolean spares(Ability ability) {
        if (abilities().contains(ability)) {
            return false;
        }
        assertThat(engine().info().durability()).isEqualTo(Durability.VOLATILE);
        return true;
    }

    /**
     * Closes the engine, kills a process in the middle of writing to the same data with {@link KilledWriter}, and opens the
     * engine again. Asked with KILL only.
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
