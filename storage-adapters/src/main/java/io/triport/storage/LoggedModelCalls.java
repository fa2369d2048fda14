package io.triport.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Records;
import io.triport.domain.inference.Spender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went into models and came out, of those that are recorded: a line of JSON for each call in a log of its own, which can be sent
 * elsewhere, or nowhere, than the others.
 */
final class LoggedModelCalls implements Records {
    static final String LOG = "triport.inference";

    private static final Logger LOGGER = LoggerFactory.getLogger(LOG);

    @Override
    public void record(ModelName model, Spender spender, InferenceInput input, InferenceOutput output) {
        var line =
                JsonNodeFactory.instance.objectNode().put("model", model.text()).put("principal", spender.text());
        line.set("input", said(input));
        line.set("output", said(output));
        LOGGER.info("recorded {}", line);
    }

    private static ObjectNode said(InferenceInput input) {
        var said = JsonNodeFactory.instance.objectNode();
        switch (input) {
            case InferenceInput.TextGeneration text -> {
                var messages = said.putArray("messages");
                text.messages()
                        .forEach(message -> messages.addObject()
                                .put("role", message.role().name())
                                .put("content", message.text())
                                .put("tool_calls", message.toolCalls().text()));
                said.put("tools", text.tools().text());
            }
            case InferenceInput.TextEmbeddings texts -> texts.texts().forEach(said.putArray("text")::add);
            case InferenceInput.Rerank rerank -> {
                said.put("query", rerank.query());
                rerank.documents().forEach(said.putArray("contexts")::add);
            }
            case InferenceInput.Classification text -> said.put("text", text.text());
            case InferenceInput.Passed passed ->
                said.put("type", passed.type()).put("body", passed.body().toByteArray());
        }
        return said;
    }

    private static ObjectNode said(InferenceOutput output) {
        var said = JsonNodeFactory.instance.objectNode();
        switch (output) {
            case InferenceOutput.Generated text ->
                said.put("response", text.text())
                        .put("tool_calls", text.toolCalls().text())
                        .put("finish_reason", text.finishReason());
            case InferenceOutput.Embedded vectors ->
                said.putArray("shape")
                        .add(vectors.vectors().rows())
                        .add(vectors.vectors().dimensions());
            case InferenceOutput.Ranked ranks -> {
                var all = said.putArray("ranks");
                ranks.ranks()
                        .forEach(rank -> all.addObject().put("id", rank.index()).put("score", rank.score()));
            }
            case InferenceOutput.Classified labels -> {
                var all = said.putArray("labels");
                labels.labels()
                        .forEach(label ->
                                all.addObject().put("label", label.name()).put("score", label.score()));
            }
            case InferenceOutput.Passed passed ->
                said.put("type", passed.type()).put("body", passed.body().toByteArray());
        }
        return said;
    }
}
