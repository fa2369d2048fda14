package io.triport.domain.durable;

import java.util.Optional;

/**
 * The objects of one class. Of each id one instance at a time is alive in the whole cluster; it gets events one after the other,
 * those of one caller in their order. An object comes into being with the first thing that it writes. Methods block, at most
 * 30 s until the event begins and 30 s from then on. Safe for many threads.
 *
 * <p>Failures are those of the storage contract's section 1.3, and whatever the object's own code throws, as it is; of code
 * on another node its class alone is told. FENCED and
 * UNAVAILABLE: nothing of the event lasts. OUTCOME_UNKNOWN: it may have happened, or go on.
 */
public interface DurableObjects {
    /** Always the same for a name. */
    ObjectId named(ObjectName name);

    /** One that nobody has. */
    ObjectId fresh();

    /** @throws io.triport.domain.request.InvalidInput for what is no id of this class */
    ObjectId parse(String text);

    /**
     * Hands the event to the one live object, alone. The answer leaves when all writes of the turn are durable; when they are
     * not, none is, and no answer leaves.
     */
    ObjectAnswer inTurn(ObjectId id, ObjectEvent event);

    /** The same without writes: the answer is from a commit that was the last at most so long ago, or newer. */
    ObjectAnswer read(ObjectId id, ObjectEvent event, Staleness most);

    /**
     * Asks the object to take a WebSocket, in a turn. From when it has, until its connection has ended, the object stays with this
     * node. When the object loses its owner, its clients are told {@link SocketClose#RESTART}.
     *
     * @return empty where the object has not accepted it
     */
    Optional<SocketLink> connect(ObjectId id, ObjectEvent event, ClientSocket client);

    /**
     * Objects that keep something, in the order of their ids, with their names where they have one.
     *
     * @param after the last of the page before; empty for the first
     * @param limit 1..1000
     */
    ObjectListing list(Optional<ObjectId> after, int limit);
}
