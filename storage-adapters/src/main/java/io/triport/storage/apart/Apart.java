package io.triport.storage.apart;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.StorageEngine;
import io.triport.storage.queue.QueuePlace;
import java.util.Set;

/** Puts an engine for some namespaces, or for queues, beside the engine for all else. */
public final class Apart {
    private Apart() {}

    /**
     * The engine, but for the namespaces of these titles, which lie on the other one.
     *
     * @param other which need have namespaces alone; closed by whom it was opened
     * @throws StorageFailure.Rejected UNSUPPORTED where the engine commits no units, CONFLICT where it has one of these
     *     namespaces: its keys would be out of sight
     */
    public static StorageEngine beside(StorageEngine engine, StorageEngine other, Set<NamespaceTitle> titles) {
        engine.info().require(Capability.UNITS, "storage: commits no units (expected: an engine that does)");
        for (var title : titles) {
            if (engine.resources().find(title).isPresent()) {
                throw new StorageFailure.Rejected(
                        FailureCode.CONFLICT,
                        "namespace " + title + ": kept by " + engine.info().name() + " (expected: a new one for "
                                + other.info().name() + ")");
            }
        }
        return new ApartEngine(engine, other, Set.copyOf(titles), Side.OUTSIDE);
    }

    /** The engine, but for the queues, which all lie there. @param place closed by whom it was opened */
    public static StorageEngine queues(StorageEngine engine, QueuePlace place) {
        return new ApartQueuesEngine(engine, place, Side.OUTSIDE);
    }
}
