package io.triport.manager.namespace;

import io.micronaut.context.annotation.Requires;
import io.triport.identity.edge.Layer;
import io.triport.identity.handler.PathPattern;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Failures;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Tells who asks for a namespace that is not there so, whatever else is wrong with his request. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class ExistenceFirst implements UnaryOperator<Route> {
    /*
     * Afterwards
     *
     * A route looks its namespace up itself, in the unit of what it does. A look before that would cost every request what only those
     * need that are refused for their form, so it is taken for those alone.
     */
    private static final String NAMESPACE = "{ns}";
    private static final String ITSELF = "/api/namespaces/{id}";

    private final Namespaces namespaces;

    ExistenceFirst(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    @Override
    public Route apply(Route route) {
        return switch (route.handler()) {
            case Route.Open open -> route;
            case Route.Linked linked -> route;
            case Route.Guarded(var answering) ->
                variable(route.pattern())
                        .map(name -> new Route(
                                route.method(),
                                route.pattern(),
                                new Route.Guarded(call -> answer(call, name, answering))))
                        .orElse(route);
        };
    }

    private static Optional<String> variable(PathPattern pattern) {
        var text = pattern.toString();
        if (text.contains(NAMESPACE)) {
            return Optional.of("ns");
        }
        return text.startsWith(ITSELF) ? Optional.of("id") : Optional.empty();
    }

    private StreamReply answer(Call call, String variable, Route.Answering answering) {
        try {
            return answering.answer(call);
        } catch (RuntimeException e) {
            if (ofTheForm(Failures.of(e)) && namespaces.absent(call.grant(), call.variable(variable))) {
                throw Problem.NAMESPACE_NOT_FOUND.refused();
            }
            throw e;
        }
    }

    private static boolean ofTheForm(Refused refused) {
        var problem = refused.problem();
        return problem.layer() == Layer.REQUEST && problem.status() < 500 && problem != Problem.RATE_LIMITED;
    }
}
