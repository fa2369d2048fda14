package io.triport.identity.handler;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;

/** What answers a request, under the grant of whoever sent it. Called on a virtual thread, which may wait. */
@FunctionalInterface
public interface FetchWork {
    FetchReply on(RoutedFetch request, Grant grant, Storage storage);
}
