package io.triport.gateway.proxy;

import io.netty.channel.EventLoop;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Principal;
import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.gateway.problem.Problem;
import io.triport.identity.limit.NamedLimit;
import io.triport.identity.trace.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the limits of a route whether there is room for a request (gateway.md section 8). Confined to an event loop. */
final class Limiting {
    private static final Logger LOG = LoggerFactory.getLogger(Limiting.class);
    private static final Fields SOON = Fields.retryAfter(Duration.ofSeconds(1));

    private final ClientRequest request;
    private final Services services;
    private final EventLoop loop;
    private final Entrance.Visitor visitor;
    private @Nullable Admission admission;
    private int span;
    private boolean closed;

    Limiting(ClientRequest request, Services services, EventLoop loop, Entrance.Visitor visitor) {
        this.request = request;
        this.services = services;
        this.loop = loop;
        this.visitor = visitor;
    }

    /** Refuses where there is no room. @param room runs where there is, now or later */
    void ask(SiteRoute taken, Principal principal, Runnable room) {
        if (taken.limits().isEmpty()) {
            room.run();
            return;
        }
        span = visitor.trace().begin(Stage.LIMITS, "");
        var charges = charges(taken, principal);
        try {
            var now = services.limiter().takeNow(charges);
            if (now.isPresent()) {
                counted(taken, now.get(), room);
            } else {
                services.judging().execute(() -> askLater(taken, charges, room));
            }
        } catch (StorageFailure | RejectedExecutionException e) {
            services.metrics().notLimited(taken.limits());
            visitor.refused(Problem.LIMITER_UNAVAILABLE, SOON);
        }
    }

    private List<Charge> charges(SiteRoute taken, Principal principal) {
        var charges = new ArrayList<Charge>(taken.limits().size());
        for (var limit : taken.limits()) {
            var owner = LimitKey.of(limit, taken.settings().id(), principal, request);
            charges.add(limit.charge(owner, cost(limit, taken)));
        }
        return charges;
    }

    private long cost(NamedLimit limit, SiteRoute taken) {
        var ofRoute = taken.settings().cost();
        return ofRoute > 0
                ? ofRoute
                : limit.cost().of(name -> Optional.of(request.header(name)).filter(value -> !value.isEmpty()));
    }

    private void askLater(SiteRoute taken, List<Charge> charges, Runnable room) {
        try {
            var taking = services.limiter().take(charges);
            later(() -> counted(taken, taking, room));
        } catch (StorageFailure e) {
            services.metrics().notLimited(taken.limits());
            later(() -> visitor.refused(Problem.LIMITER_UNAVAILABLE, SOON));
        } catch (RuntimeException e) {
            LOG.error("limits could not be counted", e);
            later(() -> visitor.refused(Problem.INTERNAL, Fields.NONE));
        }
    }

    private void later(Runnable then) {
        loop.execute(() -> {
            if (!closed) {
                then.run();
            }
        });
    }

    private void counted(SiteRoute taken, Admission counted, Runnable room) {
        admission = counted;
        services.metrics().limited(taken.limits(), counted);
        switch (counted) {
            case Admission.Taken taking -> {
                visitor.trace().end(span, "admitted");
                room.run();
            }
            case Admission.Exhausted exhausted -> {
                visitor.trace().end(span, "limited");
                services.log().limited(request.id(), "rate-limit");
                visitor.refused(Problem.RATE_LIMITED, Fields.retryAfter(exhausted.retryAfter()));
            }
        }
    }

    /** What they said; null where they were not asked, or have not answered. */
    @Nullable
    Admission admission() {
        return admission;
    }

    /** Nothing is told any more. */
    void close() {
        closed = true;
    }
}
