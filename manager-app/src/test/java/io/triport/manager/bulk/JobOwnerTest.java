package io.triport.manager.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.manager.route.RouteTable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose a job is, and who else sees it. */
@Timeout(60)
final class JobOwnerTest {
    private final JobWorld world = JobWorld.fresh();
    private final String here = world.namespace("here");
    private final ManagerUnderTest manager =
            ManagerUnderTest.start("triport: {}", world.clock(), StartMode.Credentials.DEVELOPMENT, world);
    private final String ann = key("ann");
    private final String bob = key("bob");

    @AfterEach
    void stop() {
        manager.close();
    }

    private String key(String name) {
        return manager.send("POST", "/api/api-keys", "{\"name\":\"" + name + "\",\"role\":\"editor\"}")
                .result()
                .path("key")
                .asText();
    }

    private Answer as(String key, String method, String target) {
        return manager.send(method, target, Map.of("Authorization", "Bearer " + key), Bytes.EMPTY);
    }

    private String export(String key) {
        var job = as(key, "POST", "/api/export/" + here).result().path("job_id").asText();
        JobWorld.ended(manager, job);
        return job;
    }

    @Test
    void another_ones_job_is_not_there_on_any_of_its_routes() {
        var job = export(ann);

        for (var route : manager.part(RouteTable.class).routes()) {
            var path = route.pattern().toString();
            if (path.startsWith("/api/jobs/{id}")) {
                var answer = as(bob, route.method(), path.replace("{id}", job));

                assertThat(answer.code()).as(route.method() + " " + path).isEqualTo("job_not_found");
                assertThat(answer.status()).isEqualTo(404);
            }
        }
        try (var client = HttpClient.newHttpClient()) {
            var address = manager.address().toString().replaceFirst("^http", "ws") + "/api/jobs/" + job + "/ws";
            var opening = client.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + bob)
                    .buildAsync(URI.create(address), new WebSocket.Listener() {});

            assertThatThrownBy(opening::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(404));
        }
        assertThat(as(ann, "GET", "/api/jobs/" + job + "/download").status()).isEqualTo(200);
        assertThat(manager.send("GET", "/api/jobs/" + job + "/download").status())
                .isEqualTo(200);
    }

    @Test
    void everybody_lists_his_own_jobs_and_an_admin_those_of_whom_he_names() {
        var first = export(ann);
        var second = export(bob);

        assertThat(as(ann, "GET", "/api/jobs").result().path("jobs").findValuesAsText("job_id"))
                .containsExactly(first);
        assertThat(as(ann, "GET", "/api/jobs?user=*").text()).doesNotContain(second);
        assertThat(as(ann, "GET", "/api/jobs?user=key:bob").text()).doesNotContain(second);
        assertThat(manager.send("GET", "/api/jobs").result().path("jobs")).isEmpty();
        assertThat(manager.send("GET", "/api/jobs?user=*").result().path("jobs").findValuesAsText("job_id"))
                .containsExactlyInAnyOrder(first, second);
        assertThat(manager.send("GET", "/api/jobs?user=key%3Abob")
                        .result()
                        .path("jobs")
                        .findValuesAsText("job_id"))
                .containsExactly(second);
    }
}
