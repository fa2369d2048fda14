package io.triport.identity.edge;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.request.Bytes;
import io.triport.identity.connection.EdgeAnswer;
import java.util.Map;

/** Tells that the app listens; the only public route on an app's own port. */
@Controller("${triport.base-path}/health")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HealthController {
    private static final EdgeAnswer OK = new EdgeAnswer(
            200, "application/json", Bytes.utf8("{\"status\":\"ok\"}"), Map.of("Cache-Control", "no-store"));

    @Get
    @Identity(mechanisms = "public")
    HttpResponse<byte[]> health() {
        return EdgeAnswers.render(OK);
    }
}
