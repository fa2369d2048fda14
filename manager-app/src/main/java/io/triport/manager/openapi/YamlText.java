package io.triport.manager.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Writes JSON as YAML with a line for each member. Names and values are quoted as in JSON, which YAML 1.2 reads alike. */
final class YamlText {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    static String of(JsonNode node) {
        var yaml = new YamlText();
        yaml.members(node, "");
        return yaml.text.toString();
    }

    private void members(JsonNode node, String indent) {
        node.properties().forEach(member -> {
            text.append(indent).append(quoted(member.getKey())).append(':');
            value(member.getValue(), indent);
        });
    }

    private void value(JsonNode node, String indent) {
        if (node.isObject() && !node.isEmpty()) {
            text.append('\n');
            members(node, indent + STEP);
        } else {
            text.append(' ').append(node).append('\n');
        }
    }

    private static String quoted(String name) {
        return TextNode.valueOf(name).toString();
    }
}
