package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.inference.FirstByteDeadline;
import io.triport.domain.inference.ModelCatalogue;
import io.triport.domain.inference.ModelEntry;
import io.triport.domain.inference.ModelEntry.Recording;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.ModelLimits;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Price;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.TokenBudget;
import io.triport.domain.inference.TokenBudgets;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Ticker;
import io.triport.testkit.FakeModels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of models that come while they are made. */
final class RemoteStreamsTest {
    private static final String YAML = """
        triport:
          kv:
            ports: [ai]
            models: {talk: {task: text-generation, adapter: echo}}
            keys:
              app: {secrets: ["${env:APP}"], scopes: [ai.run], models: [talk]}
        """;
    private static final String SECRET = "APP-secret-0123456789abcdef-0123456789";
    private static final String RUN = "/zin/ai/run/talk";
    private static final Bytes ASKED = Bytes.utf8("{\"prompt\":\"hello\",\"stream\":true}");

    private final FakeModels models = new FakeModels();
    private final ModelCatalogue catalogue = new ModelCatalogue(
            List.of(new ModelEntry(
                    new ModelInfo(
                            new ModelName("talk"),
                            Task.TEXT_GENERATION,
                            new ModelLimits(ByteSize.ofKiB(1), 1, 100),
                            Price.FREE),
                    Objects.requireNonNull(models.models().get(Task.TEXT_GENERATION)),
                    Recording.NEVER)),
            new ModelCatalogue.Means(
                    new TokenBudgets(TokenBudget.UNBOUNDED, Ticker.system()),
                    new FirstByteDeadline(FirstByteDeadline.USUAL, Ticker.system()),
                    (model, spender, input, output) -> {}));
    private final KvWorld world =
            KvWorld.at(Instant.parse("2026-01-01T00:00:00Z")).with(Storage.Beside.NOTHING.withModels(catalogue));
    private final ProxyUnderTest proxy = ProxyUnderTest.start(world, YAML, Map.of("APP", SECRET));
    private final Signer signer = new Signer("app", SECRET, world.clock());

    @AfterEach
    void stop() {
        proxy.close();
        catalogue.close();
    }

    @Test
    void the_events_of_a_model_are_the_body_and_end_with_what_it_used() {
        models.answer("one ", "two");

        var answer = proxy.signed(signer, "POST", RUN, Map.of(), ASKED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/event-stream");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("x-request-id")).isNotEmpty();
        assertThat(answer.body().toUtf8()).isEqualTo("""
            data: {"response":"one "}

            data: {"response":"two"}

            data: {"response":"","finish_reason":"stop","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}

            data: [DONE]

            """);
    }

    @Test
    void an_event_comes_before_the_model_has_ended_and_a_client_that_leaves_ends_it() throws IOException {
        models.hangAfter("first");

        try (var client = open()) {
            assertThat(upTo("first", client)).startsWith("HTTP/1.1 200");
        }

        models.awaitGone();
    }

    @Test
    void what_a_model_breaks_off_ends_without_an_end() throws IOException {
        models.breakAfter("first");

        try (var client = open()) {
            var reader = reader(client);
            for (var line = reader.readLine(); !line.contains("first"); line = reader.readLine()) {
                assertThat(line).doesNotContain("DONE");
            }
            models.breakNow();
            var rest = new StringBuilder();
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                rest.append(line).append('\n');
            }
            assertThat(rest.toString()).doesNotContain("DONE").doesNotEndWith("\n0\n\n");
        }
    }

    @Test
    void what_is_refused_before_the_first_event_is_an_error_like_others() {
        models.refuse(429, 1);

        var refused = proxy.signed(signer, "POST", RUN, Map.of(), ASKED);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("THROTTLED");
        assertThat(refused.header("retry-after")).isEqualTo("7");
    }

    /** A request over a connection of its own, which the test can cut. */
    private Socket open() throws IOException {
        var socket = new Socket(proxy.address().getHost(), proxy.address().getPort());
        socket.setSoTimeout(30_000);
        var head = new StringBuilder("POST " + RUN + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + ASKED.size())
                .append("\r\n");
        signer.sign("POST", RUN, "", ASKED)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write((head + "\r\n" + ASKED.toUtf8()).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String upTo(String word, Socket client) throws IOException {
        var reader = reader(client);
        var read = new StringBuilder();
        while (read.indexOf(word) < 0) {
            read.append(Objects.requireNonNull(reader.readLine(), "the answer has ended"))
                    .append('\n');
        }
        return read.toString();
    }

    private static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    }
}
