package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import java.time.Instant;

/** An entry of a listing. */
public sealed interface Listed {
    /** What the entry is sorted by. */
    Bytes sortedBy();

    /** @param latest whether it is the current version of its key */
    record Item(ObjectInfo info, boolean latest) implements Listed {
        @Override
        public Bytes sortedBy() {
            return info.key().bytes();
        }
    }

    /** A deleted object of which a marker is kept; in listings of versions only. */
    record DeleteMarker(ObjectKey key, VersionId version, Instant modified, boolean latest) implements Listed {
        @Override
        public Bytes sortedBy() {
            return key.bytes();
        }
    }

    /** Keys that begin with the same bytes, up to and with the delimiter. */
    record CommonPrefix(Bytes prefix) implements Listed {
        @Override
        public Bytes sortedBy() {
            return prefix;
        }
    }
}
