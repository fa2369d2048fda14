package io.triport.domain.inference;

import io.triport.domain.request.Bytes;

/** Server-sent events (WHATWG HTML, section 9.2) with JSON in them, in the words of the Workers platform's models. */
final class EventText {
    private EventText() {}

    static Bytes of(StreamEvent.Text event) {
        return data("{\"response\":" + quoted(event.text()) + "}");
    }

    /** Line breaks mean nothing in JSON, and the end of a line in events. */
    static Bytes of(StreamEvent.ToolCalls event) {
        return data("{\"tool_calls\":" + event.calls().text().replaceAll("[\r\n]", " ") + "}");
    }

    static Bytes of(StreamEvent.Ended event) {
        var usage = event.usage();
        var numbers = "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(usage.input(), usage.output(), usage.total());
        return data("{\"response\":\"\",\"finish_reason\":" + quoted(event.reason()) + ",\"usage\":" + numbers + "}")
                .concat(data("[DONE]"));
    }

    private static Bytes data(String json) {
        return Bytes.utf8("data: " + json + "\n\n");
    }

    /** As JSON has texts (RFC 8259, section 7). A model may break off within a surrogate pair, which UTF-8 cannot carry. */
    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (var at = 0; at < text.length(); at++) {
            var character = text.charAt(at);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ' || Character.isSurrogate(character)) {
                quoted.append("\\u%04x".formatted((int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
