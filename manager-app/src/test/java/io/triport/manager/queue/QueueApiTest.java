package io.triport.manager.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.identity.launch.StartMode;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class QueueApiTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/queues";
    private static final SettableClock CLOCK = SettableClock.anywhere();

    private static ManagerUnderTest manager;
    private static int made;

    @BeforeAll
    static void start() {
        manager = ManagerUnderTest.start("triport: {}", CLOCK, StartMode.Credentials.DEVELOPMENT, JobWorld.at(CLOCK));
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    private final String name = "q" + made++;

    /** A fresh one. */
    private final String queue =
            ALL + "/" + create(name).result().path("queue_id").asText();

    private static Answer create(String name) {
        return manager.send("POST", ALL, "{\"queue_name\":\"" + name + "\"}");
    }

    private Answer post(String what, String body) {
        return manager.send("POST", queue + what, body);
    }

    private JsonNode pulled(String body) {
        return post("/messages/pull", body).result().path("messages");
    }

    private Answer acked(JsonNode message) {
        return post(
                "/messages/ack",
                "{\"acks\":[{\"lease_id\":\"" + message.path("lease_id").asText() + "\"}]}");
    }

    private static List<String> texts(JsonNode all, String name) {
        return all.valueStream().map(one -> one.path(name).asText()).toList();
    }

    private long backlog() {
        return manager.send("GET", queue + "/metrics")
                .result()
                .path("backlog_count")
                .asLong();
    }

    private static int number(Answer answer) {
        return answer.json().path("errors").path(0).path("code").asInt();
    }

    private static Map<String, String> bearer(String role, String more) {
        var key = manager.send(
                "POST", "/api/api-keys", "{\"name\":\"" + role + "\",\"role\":\"" + role + "\"" + more + "}");
        return Map.of("Authorization", "Bearer " + key.result().path("key").asText());
    }

    private static Answer as(Map<String, String> bearer, String method, String target, String body) {
        return manager.send(method, target, bearer, Bytes.utf8(body));
    }

    @Test
    void a_queue_is_made_found_and_listed() {
        var found = manager.send("GET", queue).result();
        var listed = manager.send("GET", ALL + "?per_page=1000").result();

        assertThat(found.path("queue_name").asText()).isEqualTo(name);
        assertThat(found.path("queue_id").asText()).matches("[0-9a-f]{32}");
        assertThat(found.path("settings").toString())
                .isEqualTo("{\"delivery_delay\":0,\"delivery_paused\":false,\"message_retention_period\":345600}");
        assertThat(found.path("consumers")).isEmpty();
        assertThat(listed).contains(found);
    }

    @Test
    void a_taken_name_is_refused_and_so_is_that_of_the_managers_own() {
        for (var taken : new String[] {name, "manager-jobs"}) {
            var again = create(taken);

            assertThat(again.status()).isEqualTo(400);
            assertThat(number(again)).isEqualTo(11009);
        }
    }

    @Test
    void settings_that_are_not_spoken_of_stay() {
        manager.send("PUT", queue, "{\"settings\":{\"delivery_delay\":7}}");

        var changed = manager.send("PATCH", queue, "{\"settings\":{\"message_retention_period\":60}}")
                .result();

        assertThat(changed.path("settings").toString())
                .isEqualTo("{\"delivery_delay\":7,\"delivery_paused\":false,\"message_retention_period\":60}");
    }

    @Test
    void what_no_queue_can_be_like_is_refused() {
        for (var wrong : new String[] {
            "{\"settings\":{\"delivery_delay\":43201}}",
            "{\"settings\":{\"message_retention_period\":59}}",
            "{\"settings\":{\"delivery_paused\":1}}",
            "{\"settings\":7}"
        }) {
            assertThat(manager.send("PUT", queue, wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(manager.send("PUT", queue, "{\"queue_name\":\"other\"}").status())
                .isEqualTo(501);
        assertThat(manager.send("POST", ALL, "{\"queue_name\":\"eu\",\"jurisdiction\":\"eu\"}")
                        .status())
                .isEqualTo(501);
        assertThat(create("../x").status()).isEqualTo(400);
        assertThat(manager.send("GET", queue)
                        .result()
                        .path("settings")
                        .path("delivery_delay")
                        .asInt())
                .isZero();
    }

    @Test
    void an_unknown_queue_is_404() {
        var unknown = manager.send("GET", ALL + "/0123456789abcdef0123456789abcdef");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(number(unknown)).isEqualTo(11000);
    }

    @Test
    void a_message_is_sent_pulled_and_acknowledged() {
        var sent = post("/messages", "{\"body\":{\"n\":1}}");

        var message = pulled("{}").path(0);
        var done = acked(message);

        assertThat(sent.result()
                        .path("metadata")
                        .path("metrics")
                        .path("backlog_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(Bytes.copyOf(Base64.getDecoder().decode(message.path("body").asText()))
                        .toUtf8())
                .isEqualTo("{\"n\":1}");
        assertThat(message.path("metadata").path("CF-Content-Type").asText()).isEqualTo("json");
        assertThat(message.path("attempts").asInt()).isEqualTo(1);
        assertThat(message.path("timestamp_ms").asLong()).isEqualTo(CLOCK.millis());
        assertThat(done.result().toString()).isEqualTo("{\"ackCount\":1,\"retryCount\":0,\"warnings\":{}}");
        assertThat(backlog()).isZero();
    }

    @Test
    void a_text_is_plain_and_bytes_are_base64() {
        post(
                "/messages/batch",
                "{\"messages\":[{\"body\":\"plain\",\"content_type\":\"text\"},"
                        + "{\"body\":\"AP8=\",\"content_type\":\"bytes\"},{\"body\":null}]}");

        var messages = pulled("{\"batch_size\":3}");

        assertThat(texts(messages, "body")).containsExactlyInAnyOrder("plain", "AP8=", "bnVsbA==");
    }

    @Test
    void a_batch_is_sent_whole_or_not_at_all() {
        var refused = post("/messages/batch", "{\"messages\":[{\"body\":1},{\"body\":1,\"content_type\":\"text\"}]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(post("/messages/batch", "{\"messages\":[]}").status()).isEqualTo(400);
        assertThat(post("/messages/batch", "{\"messages\":{\"a\":{\"body\":1}}}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/messages", "{}").status()).isEqualTo(400);
        assertThat(post("/messages", "{\"body\":\"x\",\"content_type\":\"xml\"}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/messages", "{\"body\":\"?\",\"content_type\":\"bytes\"}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/messages", "{\"body\":\"" + "x".repeat(128_001) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(backlog()).isZero();
    }

    @Test
    void the_delay_of_a_message_wins_over_that_of_its_batch_and_that_over_the_queues() {
        manager.send("PUT", queue, "{\"settings\":{\"delivery_delay\":30}}");
        post("/messages/batch", "{\"delay_seconds\":20,\"messages\":[{\"body\":1,\"delay_seconds\":10},{\"body\":2}]}");
        post("/messages", "{\"body\":3}");

        for (var each = 0; each < 3; each++) {
            assertThat(pulled("{}")).isEmpty();
            CLOCK.advance(Duration.ofSeconds(10));
            var messages = pulled("{}");
            assertThat(messages).hasSize(1);
            acked(messages.path(0));
        }
    }

    @Test
    void the_visibility_has_two_names() {
        for (var field : new String[] {"visibility_timeout_ms", "visibility_timeout"}) {
            post("/messages", "{\"body\":1}");
            assertThat(pulled("{\"" + field + "\":1000}")).hasSize(1);

            assertThat(pulled("{}")).isEmpty();
            CLOCK.advance(Duration.ofSeconds(1));
            var again = pulled("{}");

            assertThat(again.path(0).path("attempts").asInt()).isEqualTo(2);
            acked(again.path(0));
        }
        assertThat(post("/messages/pull", "{\"visibility_timeout_ms\":43200001}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/messages/pull", "{\"batch_size\":101}").status()).isEqualTo(400);
        assertThat(post("/messages/pull", "{\"batch_size\":0}").status()).isEqualTo(400);
    }

    @Test
    void a_retried_message_comes_again_after_its_delay() {
        post("/messages", "{\"body\":1}");
        var lease = pulled("{}").path(0).path("lease_id").asText();

        var retried = post("/messages/ack", "{\"retries\":[{\"lease_id\":\"" + lease + "\",\"delay_seconds\":5}]}");

        assertThat(retried.result().path("retryCount").asInt()).isEqualTo(1);
        assertThat(pulled("{}")).isEmpty();
        CLOCK.advance(Duration.ofSeconds(5));
        assertThat(pulled("{}").path(0).path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void a_lease_that_settles_nothing_is_a_warning() {
        var answer = post("/messages/ack", "{\"acks\":[{\"lease_id\":\"x\"}]}").result();

        assertThat(answer.toString()).isEqualTo("{\"ackCount\":0,\"retryCount\":0,\"warnings\":{\"x\":\"unknown\"}}");
        assertThat(post("/messages/ack", "{}").status()).isEqualTo(400);
    }

    @Test
    void a_peek_takes_nothing() {
        post("/messages", "{\"body\":\"x\",\"content_type\":\"text\"}");

        var first = post("/messages/peek", "{\"batch_size\":1}").result().path("messages");
        var second = post("/messages/peek", "{}").result().path("messages");

        assertThat(first).hasSize(1);
        assertThat(first.path(0).path("id")).isEqualTo(second.path(0).path("id"));
        assertThat(first.path(0).path("body").asText()).isEqualTo("x");
        assertThat(pulled("{}")).hasSize(1);
    }

    @Test
    void a_message_that_was_looked_at_is_removed_by_its_ref_leased_or_not() {
        post("/messages", "{\"body\":\"leased\",\"content_type\":\"text\"}");
        var lease = pulled("{}").path(0).path("lease_id").asText();
        post("/messages", "{\"body\":\"ready\",\"content_type\":\"text\"}");
        post("/messages", "{\"body\":\"stays\",\"content_type\":\"text\"}");
        var refs = new ArrayList<String>();
        post("/messages/peek", "{\"batch_size\":10}").result().path("messages").forEach(message -> {
            if (!message.path("body").asText().equals("stays")) {
                refs.add("{\"ref\":\"" + message.path("ref").asText() + "\"}");
            }
        });

        var removed = post("/messages/purge", "{\"refs\":" + refs + "}").result();
        var again = post("/messages/purge", "{\"refs\":[{\"ref\":\"none\"}," + refs.getFirst() + "]}")
                .result();

        assertThat(removed.toString()).isEqualTo("{\"errors\":[],\"warnings\":{}}");
        assertThat(again.path("warnings")).hasSize(2);
        assertThat(post("/messages/purge", "{}").status()).isEqualTo(400);
        assertThat(post("/messages/ack", "{\"acks\":[{\"lease_id\":\"" + lease + "\"}]}")
                        .result()
                        .path("ackCount")
                        .asInt())
                .isZero();
        assertThat(pulled("{}").path(0).path("body").asText()).isEqualTo("stays");
    }

    @Test
    void a_purge_takes_everything_and_is_told() {
        post("/messages", "{\"body\":1}");
        var before = manager.send("GET", queue + "/purge").result();

        var refused = post("/purge", "{}");
        var purged = post("/purge", "{\"delete_messages_permanently\":true}");

        assertThat(before).isEmpty();
        assertThat(refused.status()).isEqualTo(400);
        assertThat(purged.result().path("queue_name").asText()).isEqualTo(name);
        assertThat(manager.send("GET", queue + "/purge")
                        .result()
                        .path("completed")
                        .asText())
                .isEqualTo("true");
        assertThat(backlog()).isZero();
    }

    @Test
    void a_paused_queue_takes_messages_and_gives_none() {
        manager.send("PATCH", queue, "{\"settings\":{\"delivery_paused\":true}}");

        post("/messages", "{\"body\":1}");

        assertThat(pulled("{}")).isEmpty();
        assertThat(backlog()).isEqualTo(1);
        manager.send("PATCH", queue, "{\"settings\":{\"delivery_paused\":false}}");
        assertThat(pulled("{}")).hasSize(1);
    }

    @Test
    void a_consumer_says_how_a_queue_is_pulled_and_where_dead_letters_go() {
        create(name + "-dead");
        var consumer = post(
                        "/consumers",
                        "{\"type\":\"http_pull\",\"dead_letter_queue\":\"" + name
                                + "-dead\",\"settings\":{\"batch_size\":1,\"max_retries\":0,\"visibility_timeout_ms\":1000}}")
                .result();
        post("/messages/batch", "{\"messages\":[{\"body\":1},{\"body\":2}]}");

        var first = pulled("{}");
        CLOCK.advance(Duration.ofSeconds(1));
        var second = pulled("{}");
        CLOCK.advance(Duration.ofSeconds(1));
        pulled("{}");

        assertThat(consumer.path("queue_name").asText()).isEqualTo(name);
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1).isNotEqualTo(first);
        var dead = ALL + "/" + QueueShelf.id(new QueueName(name + "-dead"));
        var letters =
                manager.send("POST", dead + "/messages/pull", "{}").result().path("messages");
        assertThat(letters).hasSize(2);
        assertThat(letters.path(0).path("metadata").path("origin_queue").asText())
                .isEqualTo(name);
        assertThat(manager.send("DELETE", dead).status()).isEqualTo(400);
        assertThat(manager.send("DELETE", queue).status()).isEqualTo(200);
        assertThat(manager.send("DELETE", dead).status()).isEqualTo(200);
    }

    @Test
    void a_queue_has_one_consumer_which_is_found_changed_and_removed() {
        var consumer = post("/consumers", "{\"type\":\"http_pull\"}").result();
        var one = queue + "/consumers/" + consumer.path("consumer_id").asText();

        var second = post("/consumers", "{\"type\":\"http_pull\"}");
        var changed = manager.send("PUT", one, "{\"type\":\"http_pull\",\"settings\":{\"max_retries\":9}}")
                .result();

        assertThat(second.status()).isEqualTo(400);
        assertThat(changed.path("settings").path("max_retries").asInt()).isEqualTo(9);
        assertThat(manager.send("GET", one).result()).isEqualTo(changed);
        assertThat(manager.send("GET", queue + "/consumers").result()).containsExactly(changed);
        assertThat(manager.send("GET", queue)
                        .result()
                        .path("consumers_total_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(manager.send("DELETE", one).status()).isEqualTo(200);
        assertThat(manager.send("GET", one).status()).isEqualTo(404);
    }

    @Test
    void consumers_that_cannot_be_had_are_refused() {
        assertThat(post("/consumers", "{\"type\":\"worker\",\"script_name\":\"x\"}")
                        .status())
                .isEqualTo(501);
        assertThat(post("/consumers", "{\"type\":\"x\"}").status()).isEqualTo(400);
        assertThat(post("/consumers", "{\"type\":\"http_pull\",\"dead_letter_queue\":\"nowhere\"}")
                        .status())
                .isEqualTo(404);
        assertThat(post("/consumers", "{\"type\":\"http_pull\",\"dead_letter_queue\":\"" + name + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/consumers", "{\"type\":\"http_pull\",\"settings\":{\"max_retries\":101}}")
                        .status())
                .isEqualTo(400);
        assertThat(manager.send("GET", queue + "/consumers").result()).isEmpty();
    }

    @Test
    void a_dropped_queue_is_gone_with_its_messages() {
        post("/messages", "{\"body\":1}");

        assertThat(manager.send("DELETE", queue).status()).isEqualTo(200);

        assertThat(manager.send("GET", queue).status()).isEqualTo(404);
        create(name);
        assertThat(backlog()).isZero();
    }

    @Test
    void roles_bound_what_is_done_to_queues() {
        post("/messages", "{\"body\":1}");
        var viewer = bearer("viewer", "");
        var editor = bearer("editor", "");

        assertThat(as(viewer, "GET", queue + "/metrics", "").status()).isEqualTo(200);
        assertThat(as(viewer, "POST", queue + "/messages/peek", "{}").status()).isEqualTo(200);
        assertThat(as(viewer, "POST", queue + "/messages", "{\"body\":1}").status())
                .isEqualTo(403);
        assertThat(as(viewer, "POST", queue + "/messages/pull", "{}").status()).isEqualTo(403);
        assertThat(as(editor, "POST", queue + "/messages", "{\"body\":2}").status())
                .isEqualTo(200);
        assertThat(as(editor, "POST", queue + "/messages/pull", "{}").status()).isEqualTo(200);
        for (var attempt : new String[] {"DELETE", "PUT"}) {
            assertThat(as(editor, attempt, queue, "{}").status()).isEqualTo(403);
        }
        assertThat(as(editor, "POST", queue + "/purge", "{\"delete_messages_permanently\":true}")
                        .status())
                .isEqualTo(403);
        assertThat(as(editor, "POST", queue + "/messages/purge", "{\"refs\":[{\"ref\":\"x\"}]}")
                        .status())
                .isEqualTo(403);
        assertThat(as(editor, "POST", ALL, "{\"queue_name\":\"e\"}").status()).isEqualTo(403);
        assertThat(as(editor, "POST", queue + "/consumers", "{\"type\":\"http_pull\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void who_has_a_role_for_some_namespaces_only_sees_no_queue() {
        var stranger = bearer("admin", ",\"namespaces\":\"q*\"");

        assertThat(as(stranger, "GET", ALL, "").result()).isEmpty();
        assertThat(as(stranger, "GET", queue, "").status()).isEqualTo(404);
        assertThat(as(stranger, "POST", queue + "/messages", "{\"body\":1}").status())
                .isEqualTo(404);
        assertThat(as(stranger, "DELETE", queue, "").status()).isEqualTo(403);
    }

    @Test
    void the_audit_tells_what_became_of_queues_and_who_sent_a_message_the_message_does() {
        manager.send("PATCH", queue, "{\"settings\":{\"delivery_delay\":0}}");
        post("/messages", "{\"body\":1}");
        var entries = texts(manager.send("GET", "/api/audit/all?limit=1000").result(), "operation");
        var producer = post("/messages/peek", "{}")
                .result()
                .path("messages")
                .path(0)
                .path("metadata")
                .path("producer");

        assertThat(entries).contains("create_queue", "change_queue");
        assertThat(producer.asText()).contains("bootstrap");
    }
}
