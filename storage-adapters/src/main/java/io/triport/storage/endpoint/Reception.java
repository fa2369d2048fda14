package io.triport.storage.endpoint;

/** Who waits for an answer. Told one of the two, once, on an event loop, where it must not wait. */
public interface Reception {
    /** @param body has to be subscribed to */
    void answered(Head head, Incoming body);

    /** @param cause {@link NoConnection} where nothing was sent */
    void failed(Throwable cause);
}
