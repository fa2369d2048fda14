package io.triport.gateway.proxy;

import io.triport.domain.request.RateLimit;
import io.triport.gateway.config.LimitSettings;

/** A limit of a route. */
record RouteLimit(LimitSettings settings, RateLimit rate) {}
