package io.triport.gateway.proxy;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.MechanismName;
import io.triport.gateway.config.FrontSettings;
import io.triport.gateway.problem.ProblemPage;
import io.triport.gateway.route.Routes;
import java.util.Set;

/**
 * One configuration at work. A request sees exactly one, from its head to its end.
 *
 * @param parameters of queries that are credentials
 * @param forbidding mechanisms whose credential, when it does not hold, is answered 403
 */
record Site(
        String hash,
        FrontSettings front,
        boolean terse,
        ClientAddress clients,
        AccessGate gate,
        Dialogue dialogue,
        Set<String> parameters,
        Set<MechanismName> forbidding,
        Routes<SiteRoute> routes,
        ProblemPage page) {}
