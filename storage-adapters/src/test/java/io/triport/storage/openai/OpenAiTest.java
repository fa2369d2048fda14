package io.triport.storage.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelBackend;
import io.triport.domain.inference.StreamEvent;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.Temperature;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said to servers, and what is made of what they say. */
final class OpenAiTest {
    private final ServerFixture fixture = new ServerFixture("/chat/completions");
    private final OpenAi openAi = new OpenAi();

    @AfterEach
    void close() {
        openAi.close();
        fixture.close();
    }

    @Test
    void a_chat_says_model_messages_bound_and_temperature_and_who_asks() {
        var input = TextGeneration.of(List.of(ChatMessage.of(ChatMessage.Role.SYSTEM, "be"), ChatMessage.user("hi")))
                .withMaxTokens(9)
                .with(new Temperature.Of(0.5));

        chat().run(input);

        assertThat(fixture.server().lastAsked())
                .isEqualTo(
                        "{\"model\":\"theirs\",\"max_tokens\":9,\"messages\":[{\"role\":\"system\",\"content\":\"be\"},"
                                + "{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":0.5}");
        assertThat(fixture.server().lastHead())
                .startsWith("POST /v1/chat/completions HTTP/1.1")
                .containsIgnoringCase("authorization: Bearer " + ServerFixture.KEY)
                .containsIgnoringCase("content-type: application/json");
    }

    @Test
    void a_stream_asks_for_what_it_used() {
        try (var stream = chat().stream(TextGeneration.ofPrompt("hi").withMaxTokens(9))) {
            assertThat(stream.next()).isEqualTo(new StreamEvent.Text("answer"));
        }

        assertThat(fixture.server().lastAsked())
                .contains("\"stream\":true", "\"stream_options\":{\"include_usage\":true}");
    }

    @Test
    @Tag("AI-13")
    void calls_of_responses_are_items_and_their_answers_too() {
        var model = fixture.model("/responses", Task.TEXT_GENERATION);
        var tools = "[{\"type\":\"function\",\"name\":\"weather\"}]";
        var call = "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"weather\",\"arguments\":\"{}\"}";
        fixture.server().callTools("[" + call + "]");

        var asked = (InferenceOutput.Generated)
                model.run(TextGeneration.ofPrompt("weather?").withMaxTokens(9).withTools(new JsonText(tools)))
                        .output();

        assertThat(asked.toolCalls().text()).isEqualTo("[" + call + "]");
        assertThat(fixture.server().lastAsked())
                .contains("\"tools\":" + tools, "\"store\":false", "\"max_output_tokens\":9");
        try (var stream = model.stream(TextGeneration.ofPrompt("weather?").withMaxTokens(9))) {
            assertThat(stream.next()).isEqualTo(new StreamEvent.ToolCalls(new JsonText("[" + call + "]")));
        }

        fixture.server().answer("sunny");
        model.run(TextGeneration.of(List.of(
                        ChatMessage.user("weather?"),
                        new ChatMessage(ChatMessage.Role.ASSISTANT, "", asked.toolCalls(), ""),
                        ChatMessage.answer("c1", "sun")))
                .withMaxTokens(9));
        assertThat(fixture.server().lastAsked())
                .contains("\"input\":[{\"role\":\"user\",\"content\":\"weather?\"}," + call
                        + ",{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"sun\"}]");
    }

    @Test
    void tools_that_are_no_array_are_refused_before_anything_is_asked() {
        var input = TextGeneration.ofPrompt("hi").withTools(new JsonText("{\"type\":"));

        assertFails(FailureCode.BAD_REQUEST, () -> chat().run(input));
        assertFails(FailureCode.BAD_REQUEST, () -> chat().run(input.withTools(new JsonText("{}"))));

        assertThat(fixture.server().asked()).isZero();
    }

    @Test
    @Tag("AI-11")
    void neither_the_key_nor_what_is_said_is_in_the_log_at_any_level() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var before = root.getLevel();
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
        try {
            fixture.server().answer("their-answer");
            chat().run(TextGeneration.ofPrompt("our-question").withMaxTokens(9));
            fixture.server().refuse(400, 1);
            assertFails(FailureCode.BAD_REQUEST, () -> chat().run(TextGeneration.ofPrompt("our-question")));
            LoggerFactory.getLogger(OpenAiTest.class).trace("the log is heard");
        } finally {
            root.setLevel(before);
            root.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("the log is heard")
                .noneMatch(line -> line.contains("our-question"))
                .noneMatch(line -> line.contains("their-answer"))
                .noneMatch(line -> line.contains(ServerFixture.KEY));
        assertThat(backend("http://127.0.0.1:1/v1").toString()).doesNotContain(ServerFixture.KEY);
    }

    @Test
    void addresses_behind_which_clouds_keep_credentials_are_not_asked() {
        for (var host : List.of("169.254.169.254", "[fd00:ec2::254]", "100.100.100.200", "224.0.0.1", "0.0.0.0")) {
            var model = openAi.open(backend("http://" + host + "/v1"), Task.TEXT_GENERATION);

            assertThatThrownBy(() -> model.run(TextGeneration.ofPrompt("hi")))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessageContaining("metadata");
        }
    }

    @Test
    void a_server_that_is_not_there_is_unavailable() throws IOException {
        try (var nobody = new Socket()) {
            // Bound, so that nobody else listens there.
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var model = openAi.open(backend("http://127.0.0.1:" + nobody.getLocalPort() + "/v1"), Task.TEXT_GENERATION);

            assertThatThrownBy(() -> model.run(TextGeneration.ofPrompt("hi")))
                    .isInstanceOf(StorageFailure.Unavailable.class)
                    .hasMessage("model server: not reached");
        }
    }

    @Test
    void a_stream_that_ends_without_an_end_has_broken_off() {
        fixture.server().breakAfter("one");
        try (var stream = chat().stream(TextGeneration.ofPrompt("hi"))) {
            assertThat(stream.next()).isEqualTo(new StreamEvent.Text("one"));
            fixture.server().breakNow();
            assertFails(FailureCode.UNAVAILABLE, stream::next);
        }
    }

    @Test
    void tasks_that_the_api_does_not_have_are_refused_when_they_are_opened() {
        assertFails(FailureCode.UNSUPPORTED, () -> openAi.open(backend("http://127.0.0.1:1"), Task.RERANK));
        assertFails(FailureCode.UNSUPPORTED, () -> openAi.open(backend("http://127.0.0.1:1"), Task.CLASSIFICATION));
    }

    @Test
    void an_address_is_one_of_http() {
        for (var wrong : List.of("ftp://host/v1", "http:///v1", "http://user@host/v1", "http://host/v1?key=1")) {
            assertThatThrownBy(() -> backend(wrong)).isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() ->
                        new ModelBackend.OpenAi(URI.create("http://host"), "/chat/../admin?x", "theirs", Secret.of("")))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_model_of_another_task_is_told_so() {
        assertFails(FailureCode.UNSUPPORTED, () -> chat().run(new InferenceInput.Classification("hi")));
        assertFails(
                FailureCode.UNSUPPORTED,
                () -> fixture.model("/embeddings", Task.TEXT_EMBEDDINGS).stream(TextGeneration.ofPrompt("hi")));
    }

    private Model chat() {
        return fixture.model("/chat/completions", Task.TEXT_GENERATION);
    }

    private static ModelBackend.OpenAi backend(String base) {
        return new ModelBackend.OpenAi(URI.create(base), "/chat/completions", "theirs", Secret.of(ServerFixture.KEY));
    }

    private static void assertFails(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
