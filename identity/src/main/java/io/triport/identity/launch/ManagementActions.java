package io.triport.identity.launch;

import com.sun.net.httpserver.HttpExchange;
import io.micronaut.context.BeanContext;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Grant;
import io.triport.identity.connection.Drain;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.ManagementBinder;
import io.triport.identity.edge.Readiness;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What administrators may have done through the management port. Safe for many threads. */
final class ManagementActions {
    /*
     * One at a time: verifying may wait for a key set, and those threads of the port that answer for health must not be the ones
     * that wait.
     */
    private static final Logger LOG = LoggerFactory.getLogger(ManagementActions.class);

    private final Administrators administrators;
    private final Map<String, Supplier<Page>> actions;
    private final Semaphore one = new Semaphore(1);

    /** @param actions by path */
    ManagementActions(Administrators administrators, Map<String, Supplier<Page>> actions) {
        this.administrators = administrators;
        this.actions = Map.copyOf(actions);
    }

    /** Those of every app. @param config as it is at the moment */
    static ManagementActions of(BeanContext context, Supplier<AppConfig> config, ConfigWatch<?> watch) {
        var gates = context.getBean(Gates.class);
        var shared = context.getBean(AccessGate.class);
        var readiness = context.getBean(Readiness.class);
        var drain = context.getBean(Drain.class);
        var administrators = new Administrators(
                () -> config.get().administrators(),
                () -> gates.last().orElse(shared),
                context.getBean(ManagementBinder.class),
                context.getBean(FailureLimit.class));
        return new ManagementActions(
                administrators, Map.of("/config/reload", () -> reload(watch), "/drain", () -> drain(readiness, drain)));
    }

    private static Page reload(ConfigWatch<?> watch) {
        var outcome = watch.read();
        return Page.json(outcome.adopted() ? 200 : 422, generator -> {
            generator.writeStringField("status", outcome.adopted() ? "adopted" : "refused");
            generator.writeStringField("message", outcome.message());
        });
    }

    /** What a stop begins with: whoever asks for readiness hears that requests shall go elsewhere. */
    private static Page drain(Readiness readiness, Drain connections) {
        readiness.drain();
        connections.begin();
        return Page.said(200, "draining");
    }

    boolean knows(String path) {
        return actions.containsKey(path);
    }

    /** Does what the request asks for, if whoever asks may. */
    Page answer(HttpExchange exchange) {
        var path = exchange.getRequestURI().getRawPath();
        var action = actions.get(path);
        if (action == null) {
            return Page.said(404, "not found");
        }
        if (hasBody(exchange)) {
            return Page.said(400, "no body is expected");
        }
        if (!one.tryAcquire()) {
            return Page.said(503, "another action is under way");
        }
        try {
            return switch (administrators.judge(exchange)) {
                case Administrators.Verdict.Refused(var page) -> page;
                case Administrators.Verdict.Admitted(var grant) -> done(path, action, grant);
            };
        } finally {
            one.release();
        }
    }

    private static Page done(String path, Supplier<Page> action, Grant grant) {
        try (grant) {
            LOG.atInfo()
                    .addKeyValue("request", grant.request())
                    .addKeyValue("action", path)
                    .addKeyValue("principal", grant.principal().id())
                    .log("asked through the management port");
            return action.get();
        }
    }

    private static boolean hasBody(HttpExchange exchange) {
        var length = exchange.getRequestHeaders().getFirst("Content-Length");
        return exchange.getRequestHeaders().containsKey("Transfer-Encoding") || length != null && !length.equals("0");
    }
}
