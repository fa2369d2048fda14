package io.triport.identity.socket;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.identity.handler.RoutedFetch;
import io.triport.identity.stream.SocketTalk;
import java.util.function.BooleanSupplier;

/** Takes a client before its connection becomes a WebSocket. */
@FunctionalInterface
public interface SocketWork {
    /**
     * Runs on a virtual thread of its own and may block. What it throws is the answer to the request, in the words of the app,
     * and the connection stays what it was.
     *
     * @param grant of the client, whose views last as long as the talk
     * @param holds whether the grant is still good; a talk asks now and then, and ends when it is not
     */
    SocketTalk open(RoutedFetch request, Grant grant, Storage storage, BooleanSupplier holds);
}
