package io.triport.storage.durable;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.StateEntry;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.StorageLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * Where the state of objects lies, and who may write which. Every method throws {@link StorageFailure} for what the technology
 * did not do. Safe for many threads; of one tenure one thread at a time commits.
 */
public interface StateStore extends AutoCloseable {
    EngineInfo info();

    /** Its pools and queues. */
    default List<StorageLevel> levels() {
        return List.of();
    }

    /** The right to write an object, which ends all tenures of it before; empty while another node has one that lasts. */
    Optional<Tenure> claim(Address address);

    /** Where the node is reached that has the object; empty where none does, or none that others reach. */
    default Optional<NodeAddress> owner(Address address) {
        return Optional.empty();
    }

    /** As it was a few seconds ago; empty before that, and for a node that others do not reach. */
    default Optional<Neighbours> neighbours() {
        return Optional.empty();
    }

    /** Those that are there. */
    Map<StateKey, Bytes> read(Tenure tenure, Set<StateKey> keys);

    List<StateEntry> list(Tenure tenure, StateQuery query);

    /**
     * Pages of the object's database in the order of their numbers, each of {@link PageChanges#PAGE_BYTES}. Some may be missing:
     * what is in those does not matter.
     *
     * @param after the number behind which to begin, 0 for the first
     */
    NavigableMap<Integer, Bytes> pages(Tenure tenure, int after, int most);

    /** What all keys, values and pages of the object come to, in bytes. */
    long bytes(Tenure tenure);

    Optional<StoredAlarm> alarm(Tenure tenure);

    /** Objects of a class whose alarms are due, with their names where they have one; the longest due first. */
    List<Address> due(ObjectClass type, Instant now, int most);

    /**
     * Makes all of the changes and returns when they are durable, or makes none.
     *
     * @throws StorageFailure.Unavailable FENCED when the tenure has ended; OUTCOME_UNKNOWN when nobody can tell
     */
    void commit(Tenure tenure, StateChanges changes);

    /** Queues for which messages wait that were committed. */
    Set<QueueName> addressees();

    /** The first messages that wait for a queue: those of one object in the order of their commits. */
    List<OutboxEntry> outbox(QueueName queue, int most);

    /** Forgets messages that their queue has taken. Those that are not there any more do no harm. */
    void delivered(List<Long> numbers);

    /** Whether the tenure surely lasts now, so that what was read within it was the state. */
    boolean lasts(Tenure tenure);

    /** Told when nobody waits for the object. @return whether the tenure stays with this node */
    boolean rests(Tenure tenure);

    /** Told when this node has no use of the object any more. */
    void ends(Tenure tenure);

    /** Objects that keep something, if only an alarm, in the order of their ids. @param after empty for the first */
    List<ObjectId> objects(ObjectClass type, Bytes after, int most);

    @Override
    void close();
}
