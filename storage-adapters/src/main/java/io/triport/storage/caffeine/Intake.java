package io.triport.storage.caffeine;

import io.triport.domain.cache.CachePut;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Content;
import io.triport.storage.response.Bodies;

/** Takes a body when it comes. Safe for many threads. */
interface Intake {
    /** Reads or closes it. What it fails with comes out as it is, and nothing of it is left then. */
    Taken take(Content content);

    /** All on the heap. */
    static Intake heap(ByteSize largest) {
        var bodies = new Bodies(largest);
        return content -> bodies.take(content)
                .<Taken>map(Taken.Held::new)
                .orElseGet(() -> new Taken.Refused(CachePut.Reason.TOO_LARGE));
    }
}
