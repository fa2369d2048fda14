package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.gateway.problem.Problem;

/** What every error of the gateway's own is to a client. */
final class Refused {
    private Refused() {}

    /** @param error the words that clients of the sample know, or what else stands there */
    static void as(Client.Reply reply, Problem problem, String error) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(problem.status());
        assertThat(reply.body())
                .contains(
                        "\"type\":\"about:blank\"",
                        "\"title\":\"" + problem.title() + "\"",
                        "\"status\":" + problem.status(),
                        "\"code\":\"" + problem.code() + "\"",
                        "\"error\":\"" + error + "\"",
                        "\"detail\":\"" + problem.detail() + "\"",
                        "\"requestId\":\"" + reply.field("x-request-id") + "\"")
                .doesNotContain("127.0.0.1", "Exception", "?");
        assertThat(problem.detail()).isNotBlank();
        assertThat(reply.fields("x-request-id")).singleElement().asString().hasSize(36);
        assertThat(reply.fields("content-type")).containsExactly("application/problem+json");
        assertThat(reply.fields("cache-control")).containsExactly("no-store");
        assertThat(reply.fields("retry-after")).hasSize(problem.status() == 429 || problem.status() == 503 ? 1 : 0);
        assertThat(reply.fields("allow")).hasSize(problem == Problem.METHOD_NOT_ALLOWED ? 1 : 0);
        assertThat(reply.fields("www-authenticate")).hasSize(problem.status() == 401 ? 1 : 0);
    }
}
