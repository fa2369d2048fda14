package io.triport.identity.edge;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.identity.connection.EdgeAnswer;

/** Tells that the app listens; the only public route on an app's own port. */
@Controller("${triport.base-path}/health")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HealthController {
    @Get
    @Identity(mechanisms = "public")
    HttpResponse<byte[]> health() {
        return EdgeAnswers.render(EdgeAnswer.HEALTHY);
    }
}
