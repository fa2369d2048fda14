package io.triport.gateway.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.TransportSecurity;
import io.triport.gateway.problem.Problem;
import io.triport.identity.handler.QueryString;
import io.triport.identity.trace.RequestTrace;

/** An admitted request on its way out: makes its head that for the upstream, in its place, and says where it goes. */
record Onward(ClientRequest request, RequestBody body, Site site, SiteRoute route) {
    /** What came of it. */
    sealed interface Outcome {
        /** The trace context that would go upstream; empty while there is none. */
        String trace();

        record Ready(Delivery.Way way, String trace) implements Outcome {}

        /** It cannot be said to the upstream. */
        record Refused(Problem problem, String trace) implements Outcome {}
    }

    /**
     * Once.
     *
     * @param started of the ticker, when the request began
     * @param streams whether the client speaks HTTP/2
     */
    Outcome with(Grant grant, long started, Ids ids, RequestTrace spans, boolean streams) {
        var settings = route.settings();
        var path = settings.rewrite().apply(request.knownPath());
        if (path.isEmpty()) {
            return new Outcome.Refused(Problem.BAD_PATH, "");
        }
        var headers = request.headers();
        var upgrade = Upgrade.wanted(headers);
        var by = started + route.backend().settings().timeout().total().toNanos();
        var search = QueryString.without(request.target().search(), route.parameters());
        var strict = site.front().limits().strictHeaderNames();
        if (body.mayTrail()) {
            body.trailBy(RequestTrailers.of(headers, route, strict));
            if (streams) {
                RequestTrailers.makeRoom(headers);
            }
        }
        var way = new Delivery.Way(path + search, balanceKey(grant), by, grant.principal());
        var came = came();
        RequestHead.strip(headers, settings, route.fields(), came, strict);
        RequestHead.cutCookies(headers, route.cookies());
        RequestHead.way(headers, came);
        var trace = RequestHead.trace(headers, ids, spans);
        if (!RequestHead.identity(headers, settings.forwarding(), grant.principal())) {
            return new Outcome.Refused(Problem.IDENTITY_UNFORWARDABLE, trace);
        }
        edit(headers, upgrade);
        request.message().setProtocolVersion(HttpVersion.HTTP_1_1);
        return new Outcome.Ready(way, trace);
    }

    private void edit(HttpHeaders headers, boolean upgrade) {
        if (upgrade) {
            Upgrade.say(headers);
        }
        var edits = route.settings().request();
        edits.remove().forEach(headers::remove);
        edits.set().forEach(headers::set);
    }

    private RequestHead.Way came() {
        return new RequestHead.Way(
                request.peerText(),
                request.trusted(),
                request.security() instanceof TransportSecurity.Plain ? "http" : "https",
                request.authority(),
                request.id().text());
    }

    private String balanceKey(Grant grant) {
        var on = route.backend().settings().hash();
        if (on.equals("ip")) {
            return request.addressText();
        }
        if (on.startsWith("header:")) {
            return request.headers().get(on.substring("header:".length()), "");
        }
        return grant.principal().id().unique();
    }
}
