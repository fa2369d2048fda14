package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the gateway says on every answer to one request: of its limits, of a session that lives on, of itself. */
record AnswerFields(ClientRequest request, Entrance entrance, Site site, Services services) {
    /** @param delivery null where the upstream was not asked. @param took since the request began */
    void set(HttpHeaders response, @Nullable Delivery delivery, Duration took) {
        var route = entrance.route();
        var admission = entrance.admission();
        if (admission != null && route != null) {
            route.limitFields().set(response, admission, services.clock());
        } else if (route != null && !route.limits().isEmpty()) {
            route.limitFields().setPolicies(response);
        }
        renew(response);
        var waited = delivery != null && delivery.answered() ? delivery.waited() : null;
        OwnFields.set(response, request, site.front(), took, waited);
    }

    /** A cookie must not get into the cache of others, whatever the upstream says of its answer. */
    private void renew(HttpHeaders response) {
        var cookies = entrance.renewed();
        if (!cookies.isEmpty()) {
            cookies.forEach(cookie -> response.add(HttpHeaderNames.SET_COOKIE, cookie));
            response.add(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.PRIVATE);
        }
    }
}
