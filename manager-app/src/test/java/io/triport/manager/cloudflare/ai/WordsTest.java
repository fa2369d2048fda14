package io.triport.manager.cloudflare.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Temperature;
import io.triport.domain.inference.Usage;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tools in chats and in responses, which no model of tests calls. */
final class WordsTest {
    private static final ModelName MODEL = new ModelName("m");
    private static final String CALL =
            "{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";

    private static InferenceResult called(String calls) {
        return new InferenceResult(
                new InferenceOutput.Generated("", new JsonText(calls), "tool_calls"), new Usage(1, 2));
    }

    @Test
    void tools_and_their_calls_go_through_a_chat_as_they_are() {
        var question = ChatWords.question(Json.parse("""
            {"model":"m","temperature":0.5,"tools":[{"type":"function"}],"messages":[
              {"role":"user","content":"a"},
              {"role":"assistant","content":null,"tool_calls":[%s]},
              {"role":"tool","tool_call_id":"c1","content":"done"}]}
            """.formatted(CALL)));
        var answer = new ChatWords("x", MODEL, Instant.EPOCH).answer(called("[" + CALL + "]"));

        assertThat(question.input().tools().text()).isEqualTo("[{\"type\":\"function\"}]");
        assertThat(question.input().temperature()).isEqualTo(new Temperature.Of(0.5));
        assertThat(question.input().messages().get(1).toolCalls().text()).isEqualTo("[" + CALL + "]");
        assertThat(question.input().messages().get(2)).isEqualTo(ChatMessage.answer("c1", "done"));
        var choice = answer.path("choices").path(0);
        assertThat(choice.path("message").path("tool_calls").toString()).isEqualTo("[" + CALL + "]");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void calls_are_told_piece_by_piece_in_a_chat() {
        var told = new ChatWords("x", MODEL, Instant.EPOCH).telling(false).called(Json.parse("[" + CALL + "]"));

        assertThat(told).contains("\"delta\":{\"tool_calls\":[" + CALL + "]}").endsWith("\n\n");
    }

    @Test
    void a_call_of_a_chat_is_an_item_of_a_response_and_one_of_a_response_stays() {
        var words = new ResponseWords("x", MODEL, Instant.EPOCH);
        var item = "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"}";

        var fromChat = words.answer(called("[" + CALL + "]")).path("output");
        var own = words.answer(called("[" + item + "]")).path("output");

        assertThat(fromChat).hasSize(1);
        assertThat(fromChat.path(0).path("call_id").asText()).isEqualTo("c1");
        assertThat(fromChat.path(0).path("arguments").asText()).isEqualTo("{}");
        assertThat(own.toString()).isEqualTo("[" + item + "]");
    }

    @Test
    void a_response_goes_on_with_calls_and_what_they_gave() {
        var question = ResponseQuestion.of(Json.parse("""
            {"model":"m","input":[
              {"role":"user","content":"a"},
              {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
              {"type":"function_call_output","call_id":"c1","output":"done"}]}
            """));

        var messages = question.input().messages();
        assertThat(messages.get(1).role()).isEqualTo(ChatMessage.Role.ASSISTANT);
        assertThat(messages.get(1).toolCalls().text()).contains("\"call_id\":\"c1\"");
        assertThat(messages.get(2)).isEqualTo(ChatMessage.answer("c1", "done"));
    }

    @Test
    void tools_are_refused_where_their_calls_could_not_be_told() {
        var json = Json.parse("{\"model\":\"m\",\"input\":\"a\",\"stream\":true,\"tools\":[{\"type\":\"function\"}]}");

        assertThatThrownBy(() -> ResponseQuestion.of(json)).isInstanceOf(Refused.class);
    }

    @Test
    void pictures_are_refused_and_not_left_out() {
        var json = Json.parse("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org\"}}]}]}");

        assertThatThrownBy(() -> ChatWords.question(json)).isInstanceOf(Refused.class);
    }
}
