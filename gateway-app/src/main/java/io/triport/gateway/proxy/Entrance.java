package io.triport.gateway.proxy;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.gateway.problem.Problem;
import io.triport.gateway.route.Routes;
import io.triport.identity.page.Invitation;
import io.triport.identity.page.OwnPages;
import io.triport.identity.page.PageAnswer;
import io.triport.identity.trace.RequestTrace;
import io.triport.identity.trace.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a request may go to its upstream: its route, the client's address, identity, policy and limits, in this order (gateway.md
 * section 5, stages 5 to 12). Tells its visitor once, now or later. Confined to the event loop of the connection.
 */
final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final int UNAVAILABLE = 503;
    private static final int MOST_SIGNED_BYTES = 1024 * 1024;
    private static final Fields SOON = Fields.retryAfter(Duration.ofSeconds(1));

    private final ClientRequest request;
    private final RequestBody body;
    private final Site site;
    private final Services services;
    private final EventLoop loop;
    private final Visitor visitor;
    private final Reception reception;
    private final Limiting limiting;
    private @Nullable OwnPages pages;
    private @Nullable SiteRoute route;
    private @Nullable Fetch fetch;
    private @Nullable Grant grant;
    private String reason = "";
    private int judging;
    private boolean closed;

    /** Who wants to know. */
    interface Visitor {
        /** A browser's question before a request of another origin, which the route allows. */
        void preflight(SiteRoute route, String method);

        /** A mechanism has to see all of the body. */
        void collect(Runnable whenWhole);

        /** Identity answers itself. @param instead what was to be refused; null where nothing was */
        void answered(PageAnswer answer, @Nullable Problem instead);

        void admitted(SiteRoute route, Grant grant);

        void refused(Problem problem, Fields fields);

        /** What is recorded of the request. */
        RequestTrace trace();
    }

    Entrance(ClientRequest request, RequestBody body, Site site, Services services, EventLoop loop, Visitor visitor) {
        this.request = request;
        this.body = body;
        this.site = site;
        this.services = services;
        this.loop = loop;
        this.visitor = visitor;
        this.reception = new Reception(request, body, services, loop, visitor);
        this.limiting = new Limiting(request, services, loop, visitor);
    }

    void enter() {
        var readable = request.readTarget();
        fetch = request.bind(services.binder(), Bytes.EMPTY);
        services.log().received(fetch, Math.max(0, request.declaredLength()));
        if (!readable) {
            refuse(Problem.BAD_PATH, Fields.NONE);
        } else if (!soundTe(request.headers())) {
            refuse(Problem.BAD_HEADER, response -> response.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE));
        } else {
            pages = site.dialogue().pages().get(request.target().path());
            if (pages == null) {
                find();
            } else {
                reception.show(pages);
            }
        }
    }

    private static boolean soundTe(HttpHeaders headers) {
        return !headers.contains(HttpHeaderNames.TE)
                || headers.getAll(HttpHeaderNames.TE).stream().allMatch("trailers"::equalsIgnoreCase);
    }

    private void find() {
        switch (site.routes().find(request)) {
            case Routes.Match.Found<SiteRoute>(var found) -> {
                route = found;
                if (!preflight()) {
                    routed(found);
                }
            }
            case Routes.Match.OtherMethod<SiteRoute>(var allowed) -> {
                if (!preflight()) {
                    refuse(
                            Problem.METHOD_NOT_ALLOWED,
                            response -> response.set(HttpHeaderNames.ALLOW, String.join(", ", allowed)));
                }
            }
            case Routes.Match.None<SiteRoute> none -> {
                if (!preflight()) {
                    refuse(Problem.NO_ROUTE, Fields.NONE);
                }
            }
        }
    }

    /** No credential comes with a preflight, so it is answered before identity; by the route that its request will have. */
    private boolean preflight() {
        var wanted = request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        if (!request.is(HttpMethod.OPTIONS)
                || wanted == null
                || !request.headers().contains(HttpHeaderNames.ORIGIN)) {
            return false;
        }
        for (var candidate : site.routes().atPath(request.host(), request.path())) {
            var cors = candidate.settings().cors();
            if (candidate.settings().match().takes(wanted) && cors != null) {
                route = candidate;
                var fields = String.join(",", request.headers().getAll(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS));
                if (Cors.allows(cors, request.origin(), wanted, fields)) {
                    visitor.preflight(candidate, wanted);
                } else {
                    refuse(Problem.CORS_DENIED, Fields.NONE);
                }
                return true;
            }
        }
        return false;
    }

    private void routed(SiteRoute taken) {
        if (Upgrade.wanted(request.headers())) {
            var refusal = Upgrade.refusal(request, taken);
            if (refusal.isPresent()) {
                refuse(refusal.get(), Fields.NONE);
                return;
            }
        }
        if (!taken.open(request.address())) {
            refuse(Problem.IP_DENIED, Fields.NONE);
            return;
        }
        var wait = services.failures().wait(request.address());
        if (wait.isPositive() && !site.gate().remembers(shown(), taken.policy())) {
            services.log().limited(request.id(), "rejected-credentials");
            refuse(Problem.TOO_MANY_FAILURES, Fields.retryAfter(wait));
        } else if (!taken.signsBody()) {
            judge(taken);
        } else if (request.declaredLength() > MOST_SIGNED_BYTES) {
            refuse(Problem.BODY_TOO_LARGE, Fields.NONE);
        } else {
            visitor.collect(() -> {
                fetch = request.bind(services.binder(), body.content());
                judge(taken);
            });
        }
    }

    private void judge(SiteRoute taken) {
        var shown = shown();
        judging = visitor.trace().begin(Stage.IDENTITY, "");
        var decision = site.gate().admitAtOnce(shown, taken.policy());
        if (decision.isPresent()) {
            decided(taken, decision.get());
            return;
        }
        try {
            services.judging().execute(() -> judgeLater(taken, shown));
        } catch (RejectedExecutionException e) {
            refuse(Problem.IDENTITY_UNAVAILABLE, SOON);
        }
    }

    private void judgeLater(SiteRoute taken, Fetch shown) {
        try {
            var decision = site.gate().admit(shown, taken.policy());
            loop.execute(() -> {
                if (!closed) {
                    decided(taken, decision);
                } else if (decision instanceof Decision.Admitted(var late)) {
                    late.close();
                }
            });
        } catch (RuntimeException e) {
            // Nobody else would answer: what a pool's thread throws is seen by no handler of the connection.
            LOG.error("identity could not be judged", e);
            later(Problem.INTERNAL, Fields.NONE);
        }
    }

    private void decided(SiteRoute taken, Decision decision) {
        services.metrics().judged(decision);
        switch (decision) {
            case Decision.Admitted(var admitted) -> {
                visitor.trace().end(judging, "admitted");
                grant = admitted;
                if (taken.admits(admitted.principal(), request.address())) {
                    limiting.ask(taken, admitted.principal(), () -> limited(taken, admitted));
                } else {
                    refuse(Problem.POLICY_DENIED, Fields.NONE);
                }
            }
            case Decision.Refused(var refusal) -> rejected(taken, refusal);
        }
    }

    private void rejected(SiteRoute taken, Refusal refusal) {
        if (refusal.reason().badCredential()) {
            services.failures().failed(request.address());
        }
        visitor.trace().end(judging, refusal.reason().text());
        var problem = Problem.of(refusal.reason());
        reason = problem.code();
        var invitation = invitation(taken, refusal);
        if (invitation.isPresent()) {
            reception.invite(invitation.get(), shown(), problem);
            return;
        }
        var forbidden = problem.status() == 401
                && problem != Problem.NO_CREDENTIALS
                && site.forbidding().contains(refusal.mechanism());
        refuse(forbidden ? Problem.ACCESS_INVALID : problem, response -> {
            if (problem.status() == 401 && !forbidden) {
                challenge(response, taken, problem);
            }
            if (refusal.retryAfter().isPositive() || problem.status() == UNAVAILABLE) {
                Fields.retryAfter(refusal.retryAfter()).add(response);
            }
        });
    }

    private Optional<Invitation> invitation(SiteRoute taken, Refusal refusal) {
        for (var mechanism : taken.policy().mechanisms()) {
            var invitation = site.dialogue().invitations().get(mechanism);
            if (invitation != null && invitation.invites(shown(), refusal)) {
                return Optional.of(invitation);
            }
        }
        return Optional.empty();
    }

    private static void challenge(HttpHeaders response, SiteRoute taken, Problem problem) {
        for (var challenge : taken.challenges()) {
            response.add(
                    HttpHeaderNames.WWW_AUTHENTICATE,
                    problem == Problem.NO_CREDENTIALS || !challenge.startsWith("Bearer")
                            ? challenge
                            : challenge + ", error=\"invalid_token\"");
        }
    }

    private void limited(SiteRoute taken, Grant admitted) {
        var bound = taken.settings().bodyLimit().bytes();
        if (Math.max(request.declaredLength(), body.bytes()) > bound) {
            refuse(Problem.BODY_TOO_LARGE, Fields.NONE);
        } else {
            visitor.admitted(taken, admitted);
        }
    }

    private void later(Problem problem, Fields fields) {
        loop.execute(() -> {
            if (!closed) {
                refuse(problem, fields);
            }
        });
    }

    private void refuse(Problem problem, Fields fields) {
        visitor.refused(problem, fields);
    }

    /** How many bytes of body may come, as far as that is known. */
    long bodyBound() {
        if (pages != null) {
            return OwnPages.LONGEST_BODY.bytes();
        }
        if (route == null) {
            return Long.MAX_VALUE;
        }
        var bound = route.settings().bodyLimit().bytes();
        return route.signsBody() ? Math.min(bound, MOST_SIGNED_BYTES) : bound;
    }

    /** Values of Set-Cookie by which what the request has shown lives on; none as a rule. */
    List<String> renewed() {
        if (grant == null) {
            return List.of();
        }
        var renewal = site.dialogue().renewals().get(grant.principal().mechanism());
        return renewal == null
                ? List.of()
                : renewal.renewed(shown(), grant.principal(), services.clock().instant());
    }

    /** Asks again whether the credential is admitted; one that is good for a single request is not asked. @param refused runs on the loop */
    void recheck(SiteRoute taken, Runnable refused) {
        if (taken.onceOnly()) {
            return;
        }
        var shown = shown();
        try {
            services.judging().execute(() -> {
                if (site.gate().admit(shown, taken.policy()) instanceof Decision.Admitted(var again)) {
                    again.close();
                    if (taken.admits(again.principal(), request.address())) {
                        return;
                    }
                }
                loop.execute(refused);
            });
        } catch (RejectedExecutionException e) {
            services.log().limited(request.id(), "verifications");
        }
    }

    /** Ends the grant; nothing is told any more. */
    void close() {
        closed = true;
        reception.close();
        limiting.close();
        if (grant != null) {
            grant.close();
        }
    }

    @Nullable
    SiteRoute route() {
        return route;
    }

    @Nullable
    Grant grant() {
        return grant;
    }

    /** What the limits of the route said; null where they were not asked. */
    @Nullable
    Admission admission() {
        return limiting.admission();
    }

    /** The code of why identity was refused; empty where it was not. */
    String reason() {
        return reason.isEmpty() ? reception.reason() : reason;
    }

    private Fetch shown() {
        if (fetch == null) {
            throw new IllegalStateException("not bound");
        }
        return fetch;
    }
}
