package io.triport.storage.s3;

import io.triport.domain.time.Ticker;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;

/** One circuit for each endpoint. Safe for many threads. */
record Circuits(ConcurrentHashMap<URI, Circuit> all, Ticker ticker) {
    Circuit of(Place place) {
        return all.computeIfAbsent(place.endpoint(), endpoint -> new Circuit(endpoint, ticker));
    }
}
