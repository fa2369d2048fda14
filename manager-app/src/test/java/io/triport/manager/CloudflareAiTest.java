package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.manager.answer.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Models by Cloudflare's API and by OpenAI's. */
final class CloudflareAiTest {
    private static final String ALL = "/client/v4/accounts/0123456789abcdef0123456789abcdef/ai";
    private static final String CHAT = ALL + "/v1/chat/completions";
    private static final int HANGS_AFTER_MILLIS = 60_000;

    private static ServerSocket upstream;
    private static ManagerUnderTest manager;

    @BeforeAll
    static void start() throws IOException {
        upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        manager = ManagerUnderTest.start("""
            triport:
              manager:
                api-key-pepper: ["${env:PEPPER}"]
                models:
                  "@cf/test/echo": {task: text-generation, adapter: echo, max-tokens: 50}
                  "@cf/test/hash": {task: text-embeddings, adapter: hash, dimensions: 32}
                  "@our/raw": {task: other, adapter: echo}
                  "@our/far":
                    task: text-generation
                    adapter: openai
                    base: http://127.0.0.1:%d/v1
                    path: /chat/completions
                    model: theirs
                model-budget: {per-minute: 2000}
            """.formatted(upstream.getLocalPort()), Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws IOException {
        manager.close();
        upstream.close();
    }

    private static Answer post(String path, String body) {
        return manager.send("POST", path, body);
    }

    /** What the events of an answer have, without the last. */
    private static List<JsonNode> events(Answer answer) {
        var data = Arrays.stream(answer.text().split("\n"))
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(data.getLast()).isEqualTo("[DONE]");
        return data.subList(0, data.size() - 1).stream().map(Json::parse).toList();
    }

    @Test
    void a_model_answers_by_its_name_with_slashes_written_out_or_not() {
        for (var name : List.of("@cf/test/echo", "%40cf%2Ftest%2Fecho")) {
            var answer = post(ALL + "/run/" + name, "{\"prompt\":\"one two\"}");

            assertThat(answer.json().path("success").asBoolean())
                    .as(answer.text())
                    .isTrue();
            assertThat(answer.result().toString())
                    .isEqualTo("{\"response\":\"one two\",\"finish_reason\":\"stop\",\"usage\":"
                            + "{\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4}}");
        }
    }

    @Test
    void texts_become_vectors_in_their_order() {
        var result = post(ALL + "/run/@cf/test/hash", "{\"text\":[\"red\",\"green\"]}")
                .result();
        var one = post(ALL + "/run/@cf/test/hash", "{\"text\":\"green\"}").result();

        assertThat(result.path("shape").toString()).isEqualTo("[2,32]");
        assertThat(result.path("data").path(1)).isEqualTo(one.path("data").path(0));
        assertThat(result.path("data").path(1)).isNotEqualTo(result.path("data").path(0));
    }

    @Test
    void a_body_of_another_kind_goes_through_as_it_is() {
        var headers = Map.of(
                "Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Content-Type", "audio/mpeg; charset=binary");

        var answer = manager.send("POST", ALL + "/run/@our/raw", headers, Bytes.parseHex("00ff"));

        assertThat(answer.header("Content-Type")).isEqualTo("audio/mpeg");
        assertThat(answer.body().toHex()).isEqualTo("00ff");
    }

    @Test
    void an_answer_comes_piece_by_piece_and_ends_with_its_usage() {
        var events = events(post(ALL + "/run/@cf/test/echo", "{\"prompt\":\"one two\",\"stream\":true}"));

        assertThat(events).hasSize(3);
        assertThat(events.getFirst().toString()).isEqualTo("{\"response\":\"one \"}");
        assertThat(events.getLast().path("usage").path("total_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void an_unknown_model_is_404_with_the_number_that_clients_know() {
        var answer = post(ALL + "/run/@cf/test/other", "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("errors").path(0).path("code").asInt()).isEqualTo(5007);
    }

    @Test
    void an_option_that_the_port_has_no_word_for_is_refused_and_not_ignored() {
        var run = post(ALL + "/run/@cf/test/echo", "{\"prompt\":\"one\",\"top_p\":0.5}");
        var chat = post(
                CHAT, "{\"model\":\"@cf/test/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"n\":2}");

        assertThat(run.status()).isEqualTo(400);
        assertThat(run.text()).contains("top_p is not supported here");
        assertThat(chat.status()).isEqualTo(400);
        assertThat(chat.json().path("error").path("message").asText()).isEqualTo("n must be 1 here");
    }

    @Test
    void models_are_found_by_their_task_and_a_part_of_the_name() {
        var all = manager.send("GET", ALL + "/models/search?per_page=3&page=2");
        var vectors = manager.send("GET", ALL + "/models/search?task=Text%20Embeddings");
        var named = manager.send("GET", ALL + "/models/search?search=echo&author=test");

        assertThat(all.json().path("result_info").path("total_count").asInt()).isEqualTo(4);
        assertThat(all.result()).hasSize(1);
        assertThat(vectors.result()).hasSize(1);
        assertThat(vectors.result().path(0).path("name").asText()).isEqualTo("@cf/test/hash");
        assertThat(named.result().path(0).path("task").path("name").asText()).isEqualTo("Text Generation");
        assertThat(manager.send("GET", ALL + "/models/search?task=dreams").status())
                .isEqualTo(400);
    }

    @Test
    void a_chat_is_completed() {
        var answer = post(
                CHAT,
                "{\"model\":\"@cf/test/echo\",\"max_completion_tokens\":1,\"messages\":["
                        + "{\"role\":\"developer\",\"content\":\"be short\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"one two\"}]}]}");

        var choice = answer.json().path("choices").path(0);
        assertThat(answer.json().path("object").asText()).isEqualTo("chat.completion");
        assertThat(choice.path("message").path("content").asText()).isEqualTo("one ");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
        assertThat(answer.json().path("usage").path("total_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void a_chat_is_completed_piece_by_piece() {
        var body = "{\"model\":\"@cf/test/echo\",\"stream\":true,\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"one two\"}]%s}";

        var events = events(post(CHAT, body.formatted("")));
        var counted = events(post(CHAT, body.formatted(",\"stream_options\":{\"include_usage\":true}")));

        assertThat(events)
                .extracting(event -> event.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asText())
                .containsExactly("", "one ", "two", "");
        assertThat(events).extracting(event -> event.path("id").asText()).containsOnly(idOf(events));
        assertThat(events.getLast()
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asText())
                .isEqualTo("stop");
        assertThat(events.getLast().path("usage").path("total_tokens").asInt()).isEqualTo(4);
        assertThat(counted).hasSize(5);
        assertThat(counted.get(3).has("usage")).isFalse();
        assertThat(counted.getLast().path("choices")).isEmpty();
        assertThat(counted.getLast().path("usage").path("total_tokens").asInt()).isEqualTo(4);
    }

    private static String idOf(List<JsonNode> events) {
        return events.getFirst().path("id").asText();
    }

    @Test
    void embeddings_come_as_numbers_or_as_the_sdk_asks_for_them() {
        var asked = "{\"model\":\"@cf/test/hash\",\"input\":\"red\"%s}";

        var numbers = post(ALL + "/v1/embeddings", asked.formatted("")).json();
        var packed = post(ALL + "/v1/embeddings", asked.formatted(",\"encoding_format\":\"base64\""))
                .json();

        var expected = new ArrayList<Float>();
        numbers.path("data").path(0).path("embedding").forEach(number -> expected.add(number.floatValue()));
        var bytes = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(packed.path("data").path(0).path("embedding").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        var found = new ArrayList<Float>();
        while (bytes.hasRemaining()) {
            found.add(bytes.getFloat());
        }
        assertThat(found).hasSize(32).isEqualTo(expected);
    }

    @Test
    void a_response_is_made() {
        var answer = post(
                ALL + "/v1/responses",
                "{\"model\":\"@cf/test/echo\",\"instructions\":\"be kind\",\"input\":\"one two\"}");

        var message = answer.json().path("output").path(0);
        assertThat(answer.json().path("status").asText()).as(answer.text()).isEqualTo("completed");
        assertThat(message.path("content").path(0).path("text").asText()).isEqualTo("one two");
        assertThat(answer.json().path("usage").path("input_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void a_response_is_made_piece_by_piece_and_numbered() {
        var events = events(post(
                ALL + "/v1/responses",
                "{\"model\":\"@cf/test/echo\",\"stream\":true,\"max_output_tokens\":1,\"input\":"
                        + "[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"one two\"}]}]}"));

        assertThat(events)
                .extracting(event -> event.path("type").asText())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.incomplete");
        assertThat(events)
                .extracting(event -> event.path("sequence_number").asInt())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        var response = events.getLast().path("response");
        assertThat(response.path("output")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("one ");
        assertThat(response.path("incomplete_details").path("reason").asText()).isEqualTo("max_output_tokens");
        assertThat(response.path("usage").path("total_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void refusals_are_in_the_words_that_the_sdk_knows() {
        var unknown = post(ALL + "/v1/embeddings", "{\"model\":\"@cf/test/other\",\"input\":\"a\"}");
        var nobody = manager.send("POST", CHAT, Map.of(), Bytes.utf8("{}"));
        var dear =
                post(ALL + "/v1/responses", "{\"model\":\"@cf/test/echo\",\"input\":\"" + "a".repeat(90_000) + "\"}");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("error").path("code").asText()).isEqualTo("model_not_found");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.json().path("error").path("type").asText()).isEqualTo("authentication_error");
        assertThat(dear.status()).isEqualTo(413);
    }

    @Test
    void who_may_only_read_keys_or_has_a_part_of_them_asks_no_model() {
        for (var role : List.of("\"viewer\"", "\"editor\",\"namespaces\":\"@cf*\"")) {
            var made = post("/api/api-keys", "{\"name\":\"stranger\",\"role\":" + role + "}");
            var stranger = Map.of(
                    "Authorization", "Bearer " + made.result().path("key").asText());

            var known = manager.send("POST", ALL + "/run/@cf/test/echo", stranger, Bytes.utf8("{\"prompt\":\"a\"}"));
            var unknown = manager.send("POST", ALL + "/run/@cf/test/other", stranger, Bytes.utf8("{\"prompt\":\"a\"}"));
            var listed = manager.send("GET", ALL + "/models/search", stranger, Bytes.EMPTY);

            assertThat(known.status()).as(role).isEqualTo(403);
            assertThat(unknown.text()).isEqualTo(known.text());
            assertThat(listed.result()).isEmpty();
        }
    }

    @Test
    void an_editor_of_everything_asks_models() {
        var made = post("/api/api-keys", "{\"name\":\"writer\",\"role\":\"editor\"}");
        var editor =
                Map.of("Authorization", "Bearer " + made.result().path("key").asText());

        var answer = manager.send("POST", ALL + "/run/@cf/test/echo", editor, Bytes.utf8("{\"prompt\":\"a\"}"));

        assertThat(answer.result().path("response").asText()).isEqualTo("a");
    }

    @Test
    void above_the_budget_a_caller_is_told_when_to_come_again() {
        var made = post("/api/api-keys", "{\"name\":\"spender\",\"role\":\"editor\"}");
        var spender =
                Map.of("Authorization", "Bearer " + made.result().path("key").asText());
        var words = Bytes.utf8("{\"prompt\":\"" + "a ".repeat(2_000) + "\",\"max_tokens\":1000}");

        var first = manager.send("POST", ALL + "/run/@cf/test/echo", spender, words);
        var last = first;
        for (var tries = 0; tries < 100 && last.status() == 200; tries++) {
            last = manager.send("POST", ALL + "/run/@cf/test/echo", spender, words);
        }

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(last.status()).isEqualTo(429);
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 61);
    }

    @Test
    void a_client_that_leaves_ends_the_call_at_the_models_server() throws IOException {
        Socket call;
        try (var client =
                new Socket(InetAddress.getLoopbackAddress(), manager.address().getPort())) {
            client.setSoTimeout(HANGS_AFTER_MILLIS);
            var body = "{\"model\":\"@our/far\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}";
            write(
                    client,
                    "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ManagerUnderTest.TOKEN
                            + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            call = upstream.accept();
            call.setSoTimeout(HANGS_AFTER_MILLIS);
            readUntil(call, "theirs");
            var piece = "data: {\"choices\":[{\"delta\":{\"content\":\"begun\"}}]}\n\n";
            write(
                    call,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
            readUntil(client, "begun");
        }

        try (call) {
            assertThat(ended(call)).isTrue();
        }
    }

    private static void write(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void readUntil(Socket from, String word) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(word) < 0) {
            var next = from.getInputStream().read();
            assertThat(next).as(read.toString()).isNotNegative();
            read.append((char) next);
        }
    }

    /** Whether the other side goes away, in whichever way, before we lose patience. */
    private static boolean ended(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // The rest of the request.
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (java.net.SocketException e) {
            return true;
        }
    }
}
