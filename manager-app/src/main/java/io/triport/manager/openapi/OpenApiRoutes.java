package io.triport.manager.openapi;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code GET /openapi.yml} (manager API, section 8.12), for everybody: it says nothing of what is stored. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class OpenApiRoutes implements Routes {
    private static final String TYPE = "application/yaml";

    private final EdgeSettings edge;
    private final BeanProvider<RouteTable> table;

    /** @param table asked later: it is made of these routes too */
    OpenApiRoutes(EdgeSettings edge, BeanProvider<RouteTable> table) {
        this.edge = edge;
        this.table = table;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.open("GET", "/openapi.yml", this::document));
    }

    private StreamReply document(Fetch fetch) {
        var text = OpenApiDocument.of(edge.basePath(), table.get().routes());
        return StreamReply.of(200, TYPE, Bytes.utf8(text)).with("Cache-Control", "no-store");
    }
}
