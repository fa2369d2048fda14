package io.triport.identity.stream;

import io.triport.domain.request.Fetch;
import java.util.List;

/** An app that answers requests one at a time on threads of their own. Safe for many threads. */
public interface StreamApp {
    /** Whether the server answers a request itself, such as one for {@code /health}. Asked on event loops, so it must not wait. */
    boolean builtIn(Asked asked);

    /**
     * What is known of a request before it is read.
     *
     * @param target as it was sent
     * @param socket whether it has a wish for a WebSocket, fulfillable or not
     */
    record Asked(String method, String target, boolean socket) {}

    /**
     * Answers a request whose head is there; runs on a virtual thread and may block. The thread is interrupted when the client
     * goes away.
     *
     * @param fetch its body streams, and is asked for when it is first read: a client that waits to be told so (Expect) is told then
     */
    StreamReply answer(Fetch fetch);

    /** What is said when {@link #answer} threw; must not throw itself. */
    StreamReply failed(Fetch fetch, RuntimeException failure);

    /** Fields for an answer that the edge gives instead, such as those that let a page of another origin read it. Must not wait. */
    default List<StreamReply.Field> beside(Fetch fetch) {
        return List.of();
    }
}
