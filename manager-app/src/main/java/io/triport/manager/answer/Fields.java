package io.triport.manager.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The members of a JSON object, each read as what it should be. A member that is null counts as absent. */
public record Fields(JsonNode object) {
    /** @throws Refused INVALID_ARGUMENT for anything but an object */
    public Fields {
        if (!object.isObject()) {
            throw Problem.INVALID_ARGUMENT.refused("The body must be a JSON object");
        }
    }

    /** Empty where it is absent or null. */
    public Optional<JsonNode> any(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    /** Whether the member is there, be it null. */
    public boolean has(String name) {
        return object.has(name);
    }

    /** @throws Refused INVALID_ARGUMENT for anything but a text */
    public Optional<String> text(String name) {
        return any(name).map(node -> {
            if (!node.isTextual()) {
                throw invalid(name, "a text");
            }
            return node.textValue();
        });
    }

    /** @throws Refused INVALID_ARGUMENT also where it is absent */
    public String required(String name) {
        return text(name).orElseThrow(() -> invalid(name, "a text"));
    }

    /** @throws Refused INVALID_ARGUMENT for anything but a whole number of 64 bits */
    public OptionalLong whole(String name) {
        var node = any(name);
        if (node.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            if (node.get().isNumber()) {
                return OptionalLong.of(node.get().decimalValue().longValueExact());
            }
        } catch (ArithmeticException e) {
            throw invalid(name, "a whole number");
        }
        throw invalid(name, "a whole number");
    }

    /** @throws Refused INVALID_ARGUMENT for anything but true and false */
    public boolean flag(String name) {
        var node = any(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw invalid(name, "true or false");
        }
        return node.isPresent() && node.get().booleanValue();
    }

    /** @throws Refused INVALID_ARGUMENT for anything but a list of texts, or where it is absent */
    public List<String> texts(String name) {
        var node = any(name).filter(JsonNode::isArray).orElseThrow(() -> invalid(name, "a list of texts"));
        return texts(name, node);
    }

    /** The same for a list that stands by itself. */
    public static List<String> texts(String name, JsonNode list) {
        if (!list.isArray()) {
            throw invalid(name, "a list of texts");
        }
        var texts = new ArrayList<String>(list.size());
        for (var item : list) {
            if (!item.isTextual()) {
                throw invalid(name, "a list of texts");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    public static Refused invalid(String name, String expected) {
        return Problem.INVALID_ARGUMENT.refused(name + " must be " + expected);
    }
}
