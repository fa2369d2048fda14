package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import java.time.Clock;

/** Asks a grant before every call. */
record GrantGuard(Grant grant, Clock clock) {
    /** @throws StorageFailure.AccessDenied when the grant has ended */
    void requireLive() {
        if (!grant.live(clock.instant())) {
            throw new StorageFailure.AccessDenied("grant: ended (expected: used within its request)");
        }
    }

    /** @throws StorageFailure.AccessDenied when the grant has ended or does not permit the action */
    void require(Action action, ResourceName resource) {
        requireLive();
        if (!grant.permits(action, resource)) {
            throw new StorageFailure.AccessDenied("grant: does not permit " + action.scope());
        }
    }

    /** @throws StorageFailure.AccessDenied when the grant has ended or says nothing of the container */
    void requireReach(String container) {
        requireLive();
        if (!grant.reaches(container)) {
            throw new StorageFailure.AccessDenied("grant: does not reach the container");
        }
    }

    boolean permits(Action action, ResourceName resource) {
        return grant.permits(action, resource);
    }
}
