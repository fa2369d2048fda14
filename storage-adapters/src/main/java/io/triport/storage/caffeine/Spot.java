package io.triport.storage.caffeine;

import io.triport.domain.cache.Vary;

/** Where one variant of a URL lies. A newer response has the spot of the one that it replaces, so how often it is asked for counts on. */
record Spot(Place place, Vary vary) {}
