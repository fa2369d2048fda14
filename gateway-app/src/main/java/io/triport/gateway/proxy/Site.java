package io.triport.gateway.proxy;

import io.triport.domain.identity.AccessGate;
import io.triport.gateway.config.FrontSettings;
import io.triport.gateway.route.Routes;

/** One configuration at work. A request sees exactly one, from its head to its end. */
record Site(
        String hash,
        FrontSettings front,
        boolean terse,
        ClientAddress clients,
        AccessGate gate,
        Routes<SiteRoute> routes,
        ProblemPage page) {}
