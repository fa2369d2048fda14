package io.triport.e2e.planted.rule09.clock;

import io.micronaut.http.HttpRequest;

/** Planted: HTTP in a package that is neither app nor edge. */
interface WebClock {
    long skew(HttpRequest<?> request);
}
