package io.triport.identity.connection;

import io.triport.domain.time.Ticker;
import java.util.Optional;

/** What all connections of a server have in common. */
record Shared(
        EdgeLimits limits, EdgeRefusals refusals, Places places, Drain drain, Ticker ticker, RefusalListener listener) {
    /** Where nobody but the log is told of refusals. */
    Shared(EdgeLimits limits, EdgeRefusals refusals, Places places, Drain drain, Ticker ticker) {
        this(limits, refusals, places, drain, ticker, (why, connection) -> Optional.empty());
    }

    /** The same for connections that have other limits. */
    Shared under(EdgeLimits other) {
        return new Shared(other, refusals, places, drain, ticker, listener);
    }
}
