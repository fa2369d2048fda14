package io.triport.domain.durable;

import java.util.List;
import java.util.Set;

/**
 * The WebSockets of an object. They outlive its instances: one that has ended after 10 s without an event leaves them open, and the
 * next one finds them here. For the event's thread alone, and only until the event ends.
 */
public interface ObjectSockets {
    /** Sockets of one object. */
    int MOST = 32_768;

    /** Tags of one socket. */
    int MOST_TAGS = 10;

    /**
     * Takes the socket of {@link DurableObject#connect}, with the event's commit.
     *
     * @param tags at most 10
     * @throws io.triport.domain.failure.StorageFailure.LimitExceeded TOO_LARGE for more, THROTTLED beyond 32,768 sockets
     */
    void accept(ObjectSocket socket, Set<SocketTag> tags);

    /** Those that are open and not closed by this event, in the order in which they were accepted. */
    List<ObjectSocket> all();

    /** Those of {@link #all} that have the tag. */
    List<ObjectSocket> tagged(SocketTag tag);

    /**
     * Answers each text that equals the request, on all sockets, without an event; lasts while the object has sockets or an
     * instance. Replaces the one before.
     */
    void answerBy(AutoResponse response);

    void answerByNothing();
}
