package io.triport.identity.connection;

import io.triport.domain.time.Ticker;

/** What all connections of a server have in common. */
record Shared(EdgeLimits limits, EdgeRefusals refusals, Places places, Drain drain, Ticker ticker) {}
