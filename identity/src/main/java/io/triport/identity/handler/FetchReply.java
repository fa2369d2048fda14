package io.triport.identity.handler;

/** What a handler answers. */
public sealed interface FetchReply permits Reply, FlowingReply {
    int status();

    static void requireStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200..599)");
        }
    }
}
