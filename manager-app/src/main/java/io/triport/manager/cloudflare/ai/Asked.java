package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.Temperature;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Problem;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a question to a model.
 *
 * <p>The port has words for few of the options that servers of models have. One that it has no word for is refused: an answer that
 * was made as if nobody had asked for it would be a wrong one.
 */
final class Asked {
    private final Fields fields;

    private Asked(Fields fields) {
        this.fields = fields;
    }

    /** @param known all members that it may have, beside those that are null. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static Asked of(JsonNode json, Set<String> known) {
        var fields = new Fields(json);
        json.properties().stream()
                .filter(member ->
                        !known.contains(member.getKey()) && !member.getValue().isNull())
                .findFirst()
                .ifPresent(member -> {
                    throw Problem.INVALID_ARGUMENT.refused(shown(member.getKey()) + " is not supported here");
                });
        return new Asked(fields);
    }

    /** A name that somebody sent, as short as a sentence for people takes it. */
    private static String shown(String name) {
        var most = 64;
        return name.length() > most || !name.matches("[A-Za-z0-9_.-]+") ? "A member of the body" : name;
    }

    Fields fields() {
        return fields;
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for anything but its usual value, which may be left out */
    void requireUsual(String name, String usual) {
        if (fields.any(name).filter(value -> !value.toString().equals(usual)).isPresent()) {
            throw Fields.invalid(name, usual + " here");
        }
    }

    Temperature temperature() {
        var temperature = fields.any("temperature");
        if (temperature.isEmpty()) {
            return new Temperature.Usual();
        }
        if (!temperature.get().isNumber()) {
            throw Fields.invalid("temperature", "a number");
        }
        return new Temperature.Of(temperature.get().doubleValue());
    }

    /** The first that is there of several names for the same; unbounded where none is. */
    int maxTokens(String... names) {
        for (var name : names) {
            var found = fields.whole(name);
            if (found.isPresent()) {
                return count(found);
            }
        }
        return TextGeneration.UNBOUNDED;
    }

    private static int count(OptionalLong number) {
        return Math.clamp(number.orElseThrow(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Definitions of tools as they are. */
    JsonText tools() {
        return list("tools");
    }

    private JsonText list(String name) {
        return passed(name, fields.any(name).orElse(null));
    }

    /** A list that goes through as it is; nothing for none. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static JsonText passed(String name, @Nullable JsonNode list) {
        if (list == null || list.isNull() || list.isArray() && list.isEmpty()) {
            return JsonText.NONE;
        }
        if (!list.isArray()) {
            throw Fields.invalid(name, "a list");
        }
        return new JsonText(list.toString());
    }

    /** One text, or a list of them. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    List<String> texts(String name) {
        var texts = fields.any(name).orElseThrow(() -> Fields.invalid(name, "a text, or a list of texts"));
        return texts.isTextual() ? List.of(texts.textValue()) : Fields.texts(name, texts);
    }
}
