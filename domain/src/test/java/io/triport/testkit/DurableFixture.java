package io.triport.testkit;

import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.EngineInfo;

/** What an adapter gives the contract of durable objects: a state of its own, empty at first. */
public interface DurableFixture extends AutoCloseable {
    /** A queue that objects may send to. */
    QueueDefinition JOBS = QueueDefinition.of(new QueueName("jobs"));

    /** Another, which is full with ten bytes. */
    QueueDefinition SMALL = QueueDefinition.of(new QueueName("small")).upTo(new ByteSize(10));

    /** Opens the objects over the state; those that were open are closed before. Their ticker is {@link #ticker}. */
    DurableClasses open(DurableCode code);

    /** What declares to keep the state of the objects that are open. */
    EngineInfo info();

    /** Opens another as another process would, over the same state if there is one, beside the one that is open; and closes it. */
    void openBeside(DurableCode code);

    /** Told on the thread of each commit before it is made; what it throws is thrown in the commit's place. */
    void beforeCommit(Runnable hook);

    /** Told on the thread of each commit after it was made; what it throws is thrown in the place of its end. */
    void afterCommit(Runnable hook);

    SettableTicker ticker();

    SettableClock clock();

    /** Lets the alarms go off that are due now, and waits until their objects have worked on them. */
    void ring();

    /** Brings messages that wait to their queues, and returns then. */
    void deliverMessages();

    /** Every object keeps so many bytes besides what is written here, as far as its store can tell. */
    void besides(long bytes);

    /** Told before it is noted that a queue has taken messages; what it throws is thrown in the note's place. */
    void beforeNote(Runnable hook);

    /** {@link #JOBS} or {@link #SMALL}, which are there as long as the fixture. Their clock is {@link #clock}. */
    Queue queue(QueueDefinition definition);

    /** Makes a lease longer that is measured by the ticker, as is done in time otherwise. */
    default void renew() {
        // Most have none.
    }

    /** Ends what has lasted too long, as is done every half second otherwise. */
    void look();

    @Override
    void close();
}
