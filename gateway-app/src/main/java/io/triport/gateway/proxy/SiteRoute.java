package io.triport.gateway.proxy;

import io.triport.domain.identity.Principal;
import io.triport.domain.identity.RoutePolicy;
import io.triport.gateway.backend.Backend;
import io.triport.gateway.config.RouteSettings;
import io.triport.gateway.metrics.RouteMeters;
import io.triport.identity.limit.NamedLimit;
import io.triport.identity.signer.IdentityAssertion;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route at work.
 *
 * @param fields that mechanisms of the gateway take, in lower case
 * @param cookies that they take
 * @param parameters of the query that the route's mechanisms take
 * @param challenges for {@code WWW-Authenticate}
 * @param onceOnly whether a mechanism admits the same request but once
 * @param limitFields what answers say of the limits
 * @param assertion null where the upstream gets none
 * @param signsBody whether a mechanism has to see the body
 */
record SiteRoute(
        RouteSettings settings,
        RoutePolicy policy,
        Set<String> fields,
        Set<String> cookies,
        Set<String> parameters,
        List<String> challenges,
        boolean signsBody,
        boolean onceOnly,
        List<NamedLimit> limits,
        LimitFields limitFields,
        @Nullable IdentityAssertion assertion,
        Backend backend,
        RouteMeters meters) {
    /** Whether somebody at the address might be admitted, whoever it is. */
    boolean open(InetAddress client) {
        for (var each : settings.policies()) {
            if (!each.policy().open(client)) {
                return false;
            }
        }
        return true;
    }

    boolean admits(Principal principal, InetAddress client) {
        for (var each : settings.policies()) {
            if (!each.policy().admits(principal, client)) {
                return false;
            }
        }
        return true;
    }
}
