package io.triport.storage.noncelog;

import io.triport.domain.time.Ticker;
import java.time.Clock;

/** The two clocks by which a mark is kept. */
record Clocks(Clock wall, Ticker ticker) {
    Moment now() {
        return new Moment(wall.instant(), ticker.nanos());
    }
}
