package io.triport.identity.launch;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.Storage;

/** What is done when a schedule falls due, under the grant of its task. */
@FunctionalInterface
public interface TickWork {
    void on(Scheduled tick, Grant grant, Storage storage);
}
