package io.triport.e2e.planted.rule10;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.triport.identity.edge.Identity;

/** Planted: a route that says nothing of identity, a public one on no list, and none of them may block. */
@Controller("${triport.base-path}/planted")
final class UnguardedController {
    @Get("/open")
    String open() {
        return "open";
    }

    @Post
    @Identity(mechanisms = "public")
    String unlisted() {
        return "unlisted";
    }
}
