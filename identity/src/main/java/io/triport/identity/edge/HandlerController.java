package io.triport.identity.edge;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.domain.storage.Storage;
import io.triport.identity.handler.FetchRoutes;
import io.triport.identity.handler.FlowingReply;
import io.triport.identity.handler.Reply;
import io.triport.identity.handler.RoutedFetch;
import java.util.HashMap;

/** Takes the requests of all paths to the handlers of a program. Which one, and who may come, {@link RouteTable} has decided. */
@Controller("/")
@Requires(beans = FetchRoutes.class)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HandlerController {
    /** What is asked of a caller stands with each handler. */
    private static final String AS_DECLARED = "handler";

    /** Not on the class, where an empty base path would be taken for none and replaced by the name of the class. */
    private static final String ROOT = "${triport.base-path}/";

    private static final String ALL = "${triport.base-path}/{+path}";

    private final FetchRoutes routes;
    private final Storage storage;
    private final int basePath;

    HandlerController(FetchRoutes routes, Storage storage, EdgeSettings settings) {
        this.routes = routes;
        this.storage = storage;
        this.basePath = settings.basePath().length();
    }

    @Identity(mechanisms = AS_DECLARED)
    @Get(uris = {ROOT, ALL})
    HttpResponse<?> get(Grant grant, Fetch request) {
        return answer(grant, request);
    }

    @Identity(mechanisms = AS_DECLARED)
    @Post(uris = {ROOT, ALL})
    HttpResponse<?> post(Grant grant, Fetch request) {
        return answer(grant, request);
    }

    @Identity(mechanisms = AS_DECLARED)
    @Put(uris = {ROOT, ALL})
    HttpResponse<?> put(Grant grant, Fetch request) {
        return answer(grant, request);
    }

    @Identity(mechanisms = AS_DECLARED)
    @Patch(uris = {ROOT, ALL})
    HttpResponse<?> patch(Grant grant, Fetch request) {
        return answer(grant, request);
    }

    @Identity(mechanisms = AS_DECLARED)
    @Delete(uris = {ROOT, ALL})
    HttpResponse<?> delete(Grant grant, Fetch request) {
        return answer(grant, request);
    }

    private HttpResponse<?> answer(Grant grant, Fetch request) {
        var path = request.target().path().substring(basePath);
        if (routes.find(request.method(), path) instanceof FetchRoutes.Found(var handler, var variables)) {
            return switch (handler.work().on(new RoutedFetch(request, variables), grant, storage)) {
                case Reply(var status, var type, var body, var headers) -> Answers.of(status, type, body, headers);
                case FlowingReply reply -> flowing(request, reply);
            };
        }
        throw new IllegalStateException("route: none (expected: one that the table has found)");
    }

    /** Of an answer to HEAD nobody would read the bytes. */
    private static HttpResponse<?> flowing(Fetch request, FlowingReply reply) {
        if (!request.method().equals(Method.HEAD)) {
            return Answers.flowing(reply.status(), reply.contentType(), reply.body(), reply.headers());
        }
        reply.body().close();
        var headers = new HashMap<>(reply.headers());
        reply.body().length().ifPresent(length -> headers.put(HttpHeaders.CONTENT_LENGTH, Long.toString(length)));
        return Answers.of(reply.status(), reply.contentType(), Bytes.EMPTY, headers);
    }
}
