package io.triport.storage.caffeine;

import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.StoredBody;
import io.triport.domain.request.Bytes;
import java.time.Duration;

/** What became of a body that came. */
sealed interface Taken {
    record Refused(CachePut.Reason reason) implements Taken {}

    /** One that is there whole. */
    sealed interface Kept extends Taken {
        /** @param left how long its response is fresh from now on */
        StoredBody body(Spot spot, Duration left);
    }

    record Held(Bytes bytes) implements Kept {
        @Override
        public StoredBody body(Spot spot, Duration left) {
            return StoredBody.of(bytes);
        }
    }

    record Filed(DiskPart part, BodyFile file) implements Kept {
        @Override
        public StoredBody body(Spot spot, Duration left) {
            return new DiskBody(part, spot, file, left);
        }
    }
}
