package io.triport.e2e.planted.rule10;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.identity.edge.Identity;

/** Allowed: one route names its mechanism, the other is on the list. */
@Controller("/guarded")
@ExecuteOn(TaskExecutors.BLOCKING)
final class GuardedController {
    @Put("/{name}")
    @Identity(mechanisms = "hmac")
    String put(String name) {
        return name;
    }

    @Get
    @Identity(mechanisms = "public")
    String listed() {
        return "listed";
    }
}
