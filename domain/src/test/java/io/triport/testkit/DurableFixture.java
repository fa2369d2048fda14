package io.triport.testkit;

import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableCode;
import java.util.Set;

/** What an adapter gives the contract of durable objects: a state of its own, empty at first. */
public interface DurableFixture extends AutoCloseable {
    /** Opens the objects over the state; those that were open are closed before. Their ticker is {@link #ticker}. */
    DurableClasses open(DurableCode code);

    /** Opens another over the same state, beside the one that is open. Claimed with {@link DurableCapability#EXCLUSIVE}. */
    default void openBeside(DurableCode code) {
        throw new UnsupportedOperationException("exclusive");
    }

    /** Told on the thread of each commit before it is made; what it throws is thrown in the commit's place. */
    void beforeCommit(Runnable hook);

    SettableTicker ticker();

    SettableClock clock();

    /** Lets the alarms go off that are due now, and waits until their objects have worked on them. */
    void ring();

    Set<DurableCapability> capabilities();

    @Override
    void close();
}
